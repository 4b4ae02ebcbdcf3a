import type { OutputDescription } from "../../../contract/output.ts";
import type { Connection } from "../connection.ts";
import { hardwareGroup } from "../describe-source.ts";
import { ECHO_PREFIX } from "../echo-modules.ts";
import { getServerInfo } from "../server-info.ts";
import { getSinks } from "./sink-info.ts";

/** The server's sinks in which something can be plugged in. */
export async function listSinks(connection: Connection): Promise<readonly OutputDescription[]> {
  const [sinks, { defaultSinkName }] = await Promise.all([
    getSinks(connection),
    getServerInfo(connection),
  ]);
  return sinks
    .filter(({ available, name }) => available && !name.startsWith(ECHO_PREFIX))
    .map((sink) => ({
      kind: "audiooutput",
      hardwareId: sink.name,
      hardwareGroupId: hardwareGroup(sink),
      label: sink.description ?? sink.name,
      isDefault: sink.name === defaultSinkName,
    }));
}
