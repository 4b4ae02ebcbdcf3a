/** A name that tells when: `snapshot-2026-05-04-133015.250.jpg`, in UTC. */
export function fileName(what: "snapshot" | "recording", extension: string): string {
  const [date = "", time = ""] = new Date().toISOString().split("T");
  return `${what}-${date}-${time.replaceAll(":", "").replace("Z", "")}.${extension}`;
}
