// Grants to an application of its own, as often as told; `for ever` writes until it is killed.
import { PermissionStore } from "../../dist/permission/store/permission-store.js";
import { remember } from "../../dist/permission/store/store-changes.js";

const [folder, id, times] = process.argv.slice(2);
const store = new PermissionStore(folder);
const subject = { id, path: `/${id}`, packageName: undefined };
const answer = { name: "camera", state: "granted" };
const last = times === "for ever" ? Infinity : Number(times);
for (let count = 0; count < last; count += 1) {
  await store.update((data) => remember(data, subject, answer, new Date().toISOString()));
  if (last === Infinity) process.stdout.write(".");
}
