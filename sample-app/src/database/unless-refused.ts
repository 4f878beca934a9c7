import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';

/** What a conditional write gives, `undefined` when its condition did not hold. */
export async function unlessRefused<T>(write: Promise<T>): Promise<T | undefined> {
  try {
    return await write;
  } catch (error) {
    if (error instanceof ConditionalCheckFailedException) return undefined;
    throw error;
  }
}
