let taken = 0;

/** A consumer of a queue that reports batch item failures. */
export const handler = async ({ Records }) => {
  const batchItemFailures = [];
  for (const { messageId, body } of Records) {
    try {
      take(JSON.parse(body));
    } catch {
      batchItemFailures.push({ itemIdentifier: messageId });
    }
  }
  return { batchItemFailures };
};

function take({ quantity }) {
  if (quantity === undefined) throw new Error('quantity is missing');
  taken += quantity;
  return taken;
}
