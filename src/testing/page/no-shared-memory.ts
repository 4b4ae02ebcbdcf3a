/**
 * In the place of the global one, which pages that aren't isolated lack, and whose getters
 * webidl-conversions looks for: nothing is an instance of it.
 */
export class SharedArrayBuffer {
  get byteLength(): number {
    throw new TypeError("There is no shared memory here.");
  }
  get growable(): boolean {
    throw new TypeError("There is no shared memory here.");
  }
}
