import { randomUUID } from 'node:crypto';
import type { SESEvent, SESMail, SESReceipt, SESReceiptStatus } from 'aws-lambda';

/** The parts of a mail that matter to tests. */
export interface SesSample {
  /** Default: `ada@example.com`. */
  from?: string;
  /** Default: `orders@example.com`. */
  to?: string[];
  subject?: string;
  /** Added to the headers that every mail has. */
  headers?: Record<string, string>;
  /** The result of all checks. Default: `PASS`. */
  verdict?: SESReceiptStatus['status'];
}

/** Builds the event of a receipt rule; it does not contain the mail's text. */
export function sampleSes(sample: SesSample = {}): SESEvent {
  const timestamp = new Date();
  const mail = mailOf(sample, timestamp);
  return {
    Records: [{ eventSource: 'aws:ses', eventVersion: '1.0', ses: { mail, receipt: receiptOf(sample, mail) } }],
  };
}

function mailOf(
  { from = 'ada@example.com', to = ['orders@example.com'], subject = 'An order', headers = {} }: SesSample,
  sent: Date,
): SESMail {
  const date = sent.toUTCString();
  const messageId = `<${randomUUID()}@example.com>`;
  const all = {
    'Return-Path': `<${from}>`,
    From: from,
    To: to.join(', '),
    Date: date,
    'Message-ID': messageId,
    Subject: subject,
    ...headers,
  };
  return {
    timestamp: sent.toISOString(),
    source: from,
    messageId: randomUUID().replaceAll('-', ''),
    destination: to,
    headersTruncated: false,
    headers: Object.entries(all).map(([name, value]) => ({ name, value })),
    commonHeaders: { returnPath: from, from: [from], date, to, messageId, subject },
  };
}

function receiptOf({ verdict = 'PASS' }: SesSample, { timestamp, destination }: SESMail): SESReceipt {
  const status = { status: verdict };
  return {
    timestamp,
    processingTimeMillis: 300,
    recipients: destination,
    spamVerdict: status,
    virusVerdict: status,
    spfVerdict: status,
    dkimVerdict: status,
    dmarcVerdict: status,
    action: {
      type: 'Lambda',
      functionArn: 'arn:aws:lambda:eu-central-1:123456789012:function:test',
      invocationType: 'Event',
    },
  };
}
