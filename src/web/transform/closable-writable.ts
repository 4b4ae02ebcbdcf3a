/**
 * A WritableStream that can be closed from this side, too, as those of user agents can. It is no
 * subclass: Node loads all its streams when the global is first looked at, and an import would wait
 * for that.
 */
export class ClosableWritable<W> {
  readonly stream: WritableStream<W>;
  #controller: WritableStreamDefaultController | undefined;
  #writer: WritableStreamDefaultWriter<W> | undefined;
  #isClosed = false;

  constructor(sink: Omit<UnderlyingSink<W>, "start">) {
    const stream = new WritableStream<W>({
      ...sink,
      start: (controller) => void (this.#controller = controller),
    });
    const getWriter = stream.getWriter.bind(stream);
    Object.defineProperty(stream, "getWriter", { value: () => this.#watch(getWriter()) });
    this.stream = stream;
  }

  /**
   * WritableStreamClose: what was written before is still taken. A script can close a stream by its
   * own writer alone, so that one is used; a pipe, whose writer nobody has, sees an error.
   *
   * @see https://streams.spec.whatwg.org/#writable-stream-close
   */
  closeNow(): void {
    const closing = this.stream.locked ? this.#writer?.close() : this.stream.close();
    const fail = (): void => this.#controller?.error(new TypeError("The track has ended"));
    if (closing) closing.catch(fail);
    else fail();
  }

  #watch(writer: WritableStreamDefaultWriter<W>): WritableStreamDefaultWriter<W> {
    const write = writer.write.bind(writer);
    const close = (): void => void (this.#isClosed = true);
    writer.closed.then(close, () => undefined);
    // Node up to 24 fails an assertion of its own here, where the standard says to reject.
    writer.write = (chunk) =>
      this.#isClosed ? Promise.reject(new TypeError("The stream is closed")) : write(chunk);
    return (this.#writer = writer);
  }
}
