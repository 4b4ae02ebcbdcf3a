/** A WritableStream that can be closed from this side, too, as those of user agents can. */
export class ClosableWritable<W> extends WritableStream<W> {
  readonly #controller: () => WritableStreamDefaultController | undefined;
  #writer: WritableStreamDefaultWriter<W> | undefined;
  #isClosed = false;

  constructor(sink: Omit<UnderlyingSink<W>, "start">) {
    let controller: WritableStreamDefaultController | undefined;
    super({ ...sink, start: (given) => void (controller = given) });
    this.#controller = () => controller;
  }

  override getWriter(): WritableStreamDefaultWriter<W> {
    const writer = super.getWriter();
    const write = writer.write.bind(writer);
    const close = (): void => void (this.#isClosed = true);
    writer.closed.then(close, () => undefined);
    // Node up to 24 fails an assertion of its own here, where the standard says to reject.
    writer.write = (chunk) =>
      this.#isClosed ? Promise.reject(new TypeError("The stream is closed")) : write(chunk);
    return (this.#writer = writer);
  }

  /**
   * WritableStreamClose: what was written before is still taken. A script can close a stream by its
   * own writer alone, so that one is used; a pipe, whose writer nobody has, sees an error.
   *
   * @see https://streams.spec.whatwg.org/#writable-stream-close
   */
  closeNow(): void {
    const closing = this.locked ? this.#writer?.close() : this.close();
    const fail = (): void => this.#controller()?.error(new TypeError("The track has ended"));
    if (closing) closing.catch(fail);
    else fail();
  }
}
