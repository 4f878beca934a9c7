import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';

/** Returns the result of a conditional write, or `undefined` when its condition failed. */
export async function unlessRefused<T>(write: Promise<T>): Promise<T | undefined> {
  try {
    return await write;
  } catch (error) {
    if (error instanceof ConditionalCheckFailedException) return undefined;
    throw error;
  }
}
