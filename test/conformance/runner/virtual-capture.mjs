export function installVirtualCapture() {
  return {};
}
