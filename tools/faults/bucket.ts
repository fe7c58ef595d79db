import { createHash, randomBytes } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { asTenant } from '@undertone/clinic/platform/database.ts';
import { s3Place } from '@undertone/clinic/platform/s3-store.ts';
import { inTenant } from '@undertone/clinic/platform/scope.ts';
import {
  doubleBucket,
  doubleCredentials,
  startS3Double,
} from '@undertone/clinic/platform/testing/s3-double.ts';
import { freePort } from '../site.ts';
import { openLine } from './line.ts';
import { letPass } from './mail.ts';
import { backWithinMs, type TrialOptions, underTraffic } from './stage.ts';

/**
 * The bucket of the files is refused, then silent, for an hour of the jobs' time, and back. Files are written all the while,
 * as photographs and documents are: what was acknowledged is there to the byte, what was not has left no row. Visitors, who
 * need no file, are served as ever. The bucket is a double in this process, or the storage that S3_TEST_URL names.
 */
export async function bucketAway({ say, seed, visitors }: TrialOptions): Promise<readonly string[]> {
  const real = process.env.S3_TEST_URL;
  const double = await startS3Double();
  const place = real === undefined ? undefined : s3Place(real);
  const storage = Number(new URL(place?.endpoint ?? double.endpoint).port);
  const nobody = await freePort();
  const line = await openLine({ port: storage });
  const prefix = encodeURIComponent(`trial ${randomBytes(6).toString('hex')}`);
  const endpoint = encodeURIComponent(`http://127.0.0.1:${line.port}`);
  const env = {
    FILES_URL: `s3://${place?.bucket ?? doubleBucket}/${prefix}?endpoint=${endpoint}`,
    AWS_ACCESS_KEY_ID: process.env.AWS_ACCESS_KEY_ID ?? doubleCredentials.accessKeyId,
    AWS_SECRET_ACCESS_KEY: process.env.AWS_SECRET_ACCESS_KEY ?? doubleCredentials.secretAccessKey,
  };
  try {
    const { verdict, faults } = await underTraffic(
      { seed, visitors, server: { args: ['--processes', '2', '--workers', '1'], env }, join: env },
      async (stage) => {
        const { clinic, tenantId } = stage.trial;
        const acknowledged = new Map<string, string>();
        let refused = 0;
        const over = new AbortController();
        const writing = (async () => {
          while (!over.signal.aborted) {
            const bytes = randomBytes(20_000);
            await asTenant(clinic.db, tenantId, (trx) =>
              clinic.files.put(trx, { tenantId, bytes, mediaType: 'image/jpeg' }),
            ).then(
              ({ id }) => acknowledged.set(id, createHash('sha256').update(bytes).digest('hex')),
              () => refused++,
            );
            await pause(50);
          }
        })();
        const written = async () => {
          const [before, sinceMs] = [acknowledged.size, performance.now()];
          for (; acknowledged.size < before + 3; await pause(20)) {
            if (performance.now() - sinceMs > 60_000) throw new Error('no file is taken any more');
          }
          return performance.now() - sinceMs;
        };
        await written();
        for (const how of ['refused', 'silent'] as const) {
          if (how === 'refused') {
            line.state.port = nobody;
            line.cut();
          } else line.state.isSilent = true;
          const [before, sinceMs] = [stage.booked(), performance.now()];
          for (let passed = 0; passed < 60; passed += 5) {
            await stage.bookedMore(3);
            await pause(800);
            await letPass(stage.trial, 5);
          }
          const perSecond = ((stage.booked() - before) * 1000) / (performance.now() - sinceMs);
          line.state.port = storage;
          line.state.isSilent = false;
          const tookMs = await written();
          say(
            `bucket ${how} for 60 min: ${perSecond.toFixed(1)} bookings/s meanwhile, ${refused} files refused so far, three more taken ${(tookMs / 1000).toFixed(1)} s after it was back`,
          );
          // A request that was under way may wait its 10 s, and the storage is left alone for 5 s after that.
          if (tookMs > backWithinMs + 15_000)
            stage.faults.push(`back after ${tookMs.toFixed(0)} ms (${how})`);
        }
        over.abort();
        await writing;
        let wrong = 0;
        for (const [id, hash] of acknowledged) {
          const file = await inTenant(tenantId, () => clinic.files.get(clinic.db, tenantId, id)).catch(
            () => undefined,
          );
          if (file === undefined || createHash('sha256').update(file.bytes).digest('hex') !== hash) wrong++;
        }
        const { missing } = await clinic.files.sweep(clinic.db);
        say(
          `${acknowledged.size} files acknowledged, ${wrong} of them not there to the byte; ${missing.length} rows without bytes`,
        );
        if (wrong > 0) stage.faults.push(`${wrong} files lost`);
        if (missing.length > 0) stage.faults.push(`${missing.length} rows without bytes`);
      },
    );
    say(JSON.stringify(verdict));
    return faults;
  } finally {
    line.close();
    await double.stop();
  }
}
