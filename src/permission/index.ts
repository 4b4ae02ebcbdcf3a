/**
 * Who may capture: one broker for every capture of a program, what it rests on, and the interface
 * that `usermedia permission` and `usermedia status` are written on.
 *
 * @module
 */
export type * from "./contract.ts";
export {
  createPermissionBroker,
  type PermissionBrokerOptions,
} from "./create-permission-broker.ts";
export type { ApplicationPermissionBroker } from "./application-permission-broker.ts";
export type {
  PermissionPrompt,
  PromptAnswer,
  PromptedKind,
  PromptQuestion,
} from "./prompts/permission-prompt.ts";
export type { PreviewPicture, PreviewProvider } from "./prompts/page/preview-provider.ts";
export { isPermissionName, permissionNames } from "./permission-names.ts";
export {
  grantPermissions,
  listPermissions,
  resetPermissions,
  revokePermissions,
  type ManagementOptions,
  type RememberedPermission,
} from "./management/manage-permissions.ts";
export { listCaptures } from "./indicator/list-captures.ts";
export type { CaptureNotice } from "./indicator/capture-notice.ts";
