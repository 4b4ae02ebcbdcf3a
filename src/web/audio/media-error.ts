/**
 * Why an element can't play.
 * @see https://html.spec.whatwg.org/multipage/media.html#mediaerror
 */
export class MediaError {
  static readonly MEDIA_ERR_ABORTED = 1;
  static readonly MEDIA_ERR_NETWORK = 2;
  static readonly MEDIA_ERR_DECODE = 3;
  static readonly MEDIA_ERR_SRC_NOT_SUPPORTED = 4;
  readonly code: 1 | 2 | 3 | 4;
  readonly message: string;

  constructor(code: MediaError["code"], message: string) {
    this.code = code;
    this.message = message;
  }
}
