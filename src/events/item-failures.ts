/** What SQS, Kinesis, DynamoDB and Kafka are answered (AWS: "Reporting batch item failures"): an empty list is success. */
export interface BatchResponse<Identifier = string> {
  batchItemFailures: { itemIdentifier: Identifier }[];
}

export function batchResponse<Identifier>(identifiers: readonly Identifier[]): BatchResponse<Identifier> {
  return { batchItemFailures: identifiers.map((itemIdentifier) => ({ itemIdentifier })) };
}
