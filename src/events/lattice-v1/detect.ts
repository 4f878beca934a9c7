import { isRecord } from '../is-record.js';

/** The event structure V1 of VPC Lattice. `@types/aws-lambda` has none. */
export interface LatticeEventV1 {
  raw_path: string;
  method: string;
  headers: Record<string, string> | null;
  query_string_parameters: Record<string, string> | null;
  body: string | null;
  is_base64_encoded: boolean;
}

export function detect(event: unknown): event is LatticeEventV1 {
  return isRecord(event) && typeof event['raw_path'] === 'string' && typeof event['method'] === 'string';
}
