import type { MediaCapture } from "../../../src/world/create-media-capture.ts";
import { navigatorBrand, navigatorInterface } from "../../../src/web/media-devices/navigator.ts";
import { permissionsBrand } from "../../../src/web/permissions/permissions.ts";
import type { Realm } from "../../../src/web/realm/realm.ts";
import { createObject } from "../../../src/webidl/create-object.ts";
import { installMembers } from "../../../src/webidl/install-members.ts";

/** What a worker's navigator has of media capture: `permissions` alone. */
export function createWorkerNavigator(
  realm: Realm,
  { mediaDevices, permission }: MediaCapture,
): object {
  // oxlint-disable-next-line no-extraneous-class -- its members are installed below
  class WorkerNavigator {}
  const { permissions: member } = navigatorInterface.members;
  const partial = { ...navigatorInterface, members: member ? { permissions: member } : {} };
  installMembers(WorkerNavigator.prototype, partial, realm);
  const navigator = new WorkerNavigator();
  const permissions = createObject(realm, permissionsBrand, {
    realm,
    permission,
    watches: new Set(),
  });
  navigatorBrand.attach(navigator, { realm, mediaDevices, permissions });
  return navigator;
}
