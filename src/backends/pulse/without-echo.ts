import type { DeviceConfiguration } from "../../contract/device.ts";
import type { Connection } from "./connection.ts";
import { notFound } from "./device-error.ts";
import { EchoCanceller } from "./echo-canceller.ts";
import { getSources, type SourceInfo } from "./source-info.ts";

/**
 * An echo canceller for a microphone, where the configuration asks for one; some microphones have
 * one of their own.
 * @throws DeviceError when the server can't
 */
export async function startCanceller(
  env: NodeJS.ProcessEnv,
  sourceName: string,
  configuration: DeviceConfiguration,
): Promise<EchoCanceller | undefined> {
  if (configuration.kind !== "audio" || configuration.echoCancellation !== true) return undefined;
  const { channelCount, echoCancellation } = configuration.mode;
  if (echoCancellation?.includes(false) !== true) return undefined;
  return await EchoCanceller.start(env, sourceName, channelCount);
}

/**
 * What the canceller makes of a microphone, with the microphone's channels.
 * @throws DeviceError when it has gone
 */
export async function withoutEcho(
  connection: Connection,
  { sourceName }: EchoCanceller,
  { channelMap, sampleSpec, description }: SourceInfo,
): Promise<SourceInfo> {
  const sources = await getSources(connection);
  const source = sources.find(({ name }) => name === sourceName);
  if (source === undefined) throw notFound(description ?? sourceName);
  const { channels } = sampleSpec;
  return { ...source, channelMap, sampleSpec: { ...source.sampleSpec, channels } };
}
