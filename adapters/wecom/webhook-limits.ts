/** What one webhook takes, as the platform documents it. Texts are counted in bytes of UTF-8. */
export const WEBHOOK_LIMITS = {
  textBytes: 2_048,
  markdownBytes: 4_096,
  /** Bytes of a picture before it is written as base64. */
  imageBytes: 2 * 1_048_576,
  postsPerMinute: 20,
} as const;
