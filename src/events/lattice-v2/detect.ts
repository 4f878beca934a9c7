import { isRecord } from '../is-record.js';

/** Who the network says is calling; what is not known is left out. */
export interface LatticeIdentity {
  sourceVpcArn?: string;
  /** `AWS_IAM` when an auth policy is used and the caller's signature is good. */
  type?: string;
  principal?: string;
  principalOrgID?: string;
  sessionName?: string;
  x509IssuerOu?: string;
  x509SanDns?: string;
  x509SanNameCn?: string;
  x509SanUri?: string;
  x509SubjectCn?: string;
}

export interface LatticeRequestContext {
  serviceNetworkArn: string;
  serviceArn: string;
  targetGroupArn: string;
  identity: LatticeIdentity;
  region: string;
  /** Microseconds since 1970. */
  timeEpoch: string;
}

/** The event structure V2 of VPC Lattice. `@types/aws-lambda` has none. */
export interface LatticeEventV2 {
  version: '2.0';
  /** The query string stands in it. */
  path: string;
  method: string;
  headers: Record<string, string[]> | null;
  queryStringParameters?: Record<string, string[]> | null;
  body?: string | null;
  isBase64Encoded?: boolean;
  requestContext: LatticeRequestContext;
}

export function detect(event: unknown): event is LatticeEventV2 {
  if (!isRecord(event) || typeof event['path'] !== 'string' || typeof event['method'] !== 'string') return false;
  return isRecord(event['requestContext']) && typeof event['requestContext']['targetGroupArn'] === 'string';
}
