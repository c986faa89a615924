/** A drawn picture as it is sent: complete bytes with what a reader without eyes needs. */
export interface Picture {
  readonly bytes: Uint8Array;
  readonly mediaType: "image/png";
  /** Size in pixels of the bytes, twice the size at which it is meant to be read. */
  readonly width: number;
  readonly height: number;
  /** What the picture says, in words. */
  readonly alt: string;
}
