/**
 * Microphones through PulseAudio's native protocol, which PipeWire's sound server speaks too: in
 * this process, without native code. From the wire up: `tagstruct-*` and `packet*` (bytes),
 * `connection` (requests and events), one file a command, then `record-capture` (blocks with their
 * time), `session` and `backend` (the contract).
 *
 * @module
 */
export { createPulseBackend, type PulseBackendOptions } from "./backend.ts";
