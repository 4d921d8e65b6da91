/**
 * A provider's message id as it is compared: without angle brackets, and of SendGrid's only what its API answered at
 * the sending (its webhooks append where it was processed).
 */
export function messageKeyOf(messageId: string): string {
  const bare = messageId.trim().replace(/^<|>$/g, '');
  return bare.replace(/\.(filter|recvd|recv|ismtpd)[^@]*$/, '');
}
