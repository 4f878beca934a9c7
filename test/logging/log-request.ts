import type { ExecutionContext } from '../../src/contracts/pipeline.js';
import type { AccessLog } from '../../src/logging/access-log/access-log.js';

/** Logs a request as the application does. */
export async function logRequest<T extends { statusCode: number }>(
  accessLog: AccessLog,
  context: ExecutionContext,
  handle: () => Promise<T>,
): Promise<T> {
  const access = accessLog.begin(context);
  try {
    const response = await handle();
    await accessLog.responded(access, response.statusCode);
    return response;
  } catch (error) {
    await accessLog.failed(access, error);
    throw error;
  }
}
