import { createHash } from 'node:crypto';
import type { Route } from '@linli/kit/service/route';
import type { SystemContext } from '@linli/kit/writing/system';
import { Webhook } from 'standardwebhooks';
import type { Database } from '../database.js';
import { platforms } from '../platforms.js';
import type { Agreements } from '../settings.js';
import { envelope } from './envelope.js';

const refuse = (status: number, code: string, message: string) => ({ status, body: { error: { code, message } } });

/** What departments are told of each type, by the event's name. */
const announcements: Readonly<Record<string, string>> = {
  'grid-event.reported': 'GridEventReported',
  'device-alert.raised': 'DeviceAlertRaised',
  'directive.issued': 'DirectiveIssued',
  'feedback.given': 'FeedbackGiven',
  'repair.reported': 'RepairReported',
  'shop.changed': 'ShopChanged',
  'parcel-point.changed': 'ParcelPointChanged',
  'sensor.threshold-crossed': 'SensorThresholdCrossed',
};

/** An opaque id, the same for the same event however often it is sent. */
function idOf(platform: string, externalId: string): string {
  return `in-${createHash('sha256').update(`${platform}\0${externalId}`).digest('hex').slice(0, 24)}`;
}

/**
 * `POST /webhooks/{platform}`: takes a platform's event (Standard Webhooks: HMAC-SHA256 over id, time and body; at most
 * five minutes old). The same event sent again is answered like the first time and changes nothing.
 */
export function webhooks(
  agreements: Agreements,
  transaction: <Result>(work: (tx: SystemContext<Database>) => Promise<Result>) => Promise<Result>,
): Route {
  return async ({ method, path, headers, body }) => {
    const platform = platforms.find(({ code }) => path === `/webhooks/${code}`);
    if (!platform) return refuse(404, 'NOT_FOUND', 'There is no such platform.');
    if (method !== 'POST') return refuse(405, 'METHOD_NOT_ALLOWED', 'Send events by POST.');
    const secret = agreements[platform.code]?.secret;
    if (secret === undefined) return refuse(403, 'NOT_AGREED', 'Nothing was agreed with this platform yet.');
    const { 'webhook-id': externalId, 'webhook-timestamp': at, 'webhook-signature': signature } = headers;
    if (!externalId || !at || !signature) {
      return refuse(401, 'UNSIGNED', 'Send the headers webhook-id, webhook-timestamp and webhook-signature.');
    }
    const said = parsed(body);
    if (said === undefined) return refuse(400, 'BAD_EVENT', 'The body is not JSON.');
    if (externalId.length > 128) return refuse(400, 'BAD_EVENT', 'webhook-id has at most 128 characters.');
    try {
      new Webhook(secret).verify(body, {
        'webhook-id': externalId,
        'webhook-timestamp': at,
        'webhook-signature': signature,
      });
    } catch {
      return refuse(401, 'BAD_SIGNATURE', 'The signature does not fit, or its time is more than five minutes away.');
    }
    const read = envelope.safeParse(said);
    if (!read.success) {
      const [issue] = read.error.issues;
      return refuse(400, 'BAD_EVENT', `${issue!.path.join('.') || 'the body'}: ${issue!.message}`);
    }
    const { type, community, occurredAt, data } = read.data;
    if (!platform.accepts.includes(type)) {
      return refuse(400, 'BAD_EVENT', `type: this platform sends ${platform.accepts.join(', ')}.`);
    }
    const id = idOf(platform.code, externalId);
    await transaction(async (tx) => {
      const fresh = await tx.all.inboundEvent.createManyAndReturn({
        data: [
          {
            id,
            platformCode: platform.code,
            externalId,
            type,
            communityCode: community,
            data,
            occurredAt: new Date(occurredAt),
            receivedAt: tx.now,
          },
        ],
        skipDuplicates: true,
      });
      if (fresh.length === 0) return;
      await tx.emit({
        type: announcements[type]!,
        key: community,
        data: { id, platform: platform.code, community, occurredAt, ...data },
      });
    });
    return { status: 202, body: { id } };
  };
}

function parsed(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}
