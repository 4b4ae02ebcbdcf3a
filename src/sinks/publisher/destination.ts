import { isAbsolute } from "node:path";
import { withoutSecrets } from "../../host/without-secrets.ts";

/** Where a publication goes, by its address. */
export interface Destination {
  /** FFmpeg's name of the container. */
  readonly format: "flv" | "mpegts" | "hls";
  /** As FFmpeg takes it, with its secrets. */
  readonly url: string;
  /** Of the container. */
  readonly options: Readonly<Record<string, string>>;
  readonly secrets: readonly string[];
  /** For people and logs. */
  readonly shown: string;
}

/** What `publish()` takes as an address, for messages. */
export const TAKEN_ADDRESSES = "rtmp://, srt://, or a file's path that ends with .m3u8";

/** ms: what a viewer waits for at most until the picture begins. */
export const KEY_FRAME_INTERVAL_MS = 2_000;

/**
 * @param token - the stream key of RTMP, the stream id of SRT
 * @throws TypeError for what is no address, or none that is published to
 */
export function destinationOf(address: string, token?: string): Destination {
  if (/^[a-z][a-z\d+.-]+:\/\//i.test(address)) return serverOf(address, token);
  if (!address.endsWith(".m3u8")) throw new TypeError(unknownAddress());
  if (token !== undefined) throw new TypeError("A file takes no token: leave it out.");
  const name = isAbsolute(address) ? address : `./${address}`;
  const options = {
    hls_time: String(KEY_FRAME_INTERVAL_MS / 1000),
    hls_list_size: "6",
    hls_flags: "delete_segments+independent_segments+temp_file",
  };
  return { format: "hls", url: name, options, secrets: [], shown: address };
}

function serverOf(address: string, token: string | undefined): Destination {
  if (!URL.canParse(address)) {
    throw new TypeError(
      "This is no URL: look at its host and port, as in rtmp://host:1935/app/key.",
    );
  }
  const url = new URL(address);
  switch (url.protocol) {
    case "rtmp:":
      return rtmp(url, token);
    case "srt:":
      return srt(url, token);
    default:
      throw new TypeError(unknownAddress(url.protocol));
  }
}

/** The stream key is the last part of the path; whoever knows it can publish. */
function rtmp(url: URL, token: string | undefined): Destination {
  requireHost(url);
  const path = url.pathname.split("/").filter((part) => part !== "");
  if (token !== undefined) path.push(token);
  if (path.length < 2) {
    throw new TypeError(
      "An RTMP address is rtmp://host/application/key: give the key in it, or as token.",
    );
  }
  const key = path.at(-1) ?? "";
  const query = url.search;
  url.pathname = `/${path.join("/")}`;
  const options = { flvflags: "no_duration_filesize" };
  const secrets = secretsOf(url, [key, `${key}${query}`]);
  return destination({ format: "flv", url: url.href, options, secrets });
}

function srt(url: URL, token: string | undefined): Destination {
  requireHost(url);
  if (url.port === "") {
    throw new TypeError("SRT has no usual port: give one, as in srt://host:9000.");
  }
  if (token !== undefined) url.searchParams.set("streamid", token);
  // FFmpeg reads %20 and no plus sign for a space.
  const options = { mpegts_flags: "resend_headers" };
  const href = url.href.replaceAll("+", "%20");
  return destination({ format: "mpegts", url: href, options, secrets: secretsOf(url) });
}

function destination(parts: Omit<Destination, "shown">): Destination {
  return { ...parts, shown: withoutSecrets(parts.url, parts.secrets) };
}

/** The user, the password and all that is asked for by the query, as written and as meant. */
function secretsOf(url: URL, others: readonly string[] = []): string[] {
  const written = [url.password, url.username, url.search.slice(1), ...others];
  const meant = written.map(decoded);
  return [...new Set([...written, ...meant, ...url.searchParams.values()])].filter(Boolean);
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

function requireHost(url: URL): void {
  if (url.hostname === "")
    throw new TypeError(`${url.protocol}// needs a host, as in ${url.protocol}//host/…`);
}

function unknownAddress(protocol?: string): string {
  const what = protocol === undefined ? "This address" : `${protocol}//`;
  return `${what} isn't one that can be published to: give ${TAKEN_ADDRESSES}.`;
}
