// What reaches the log: no secrets and nobody's personal data, in fields and in free text alike.
import { randomBytes, randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { makeLogger, withoutPersonalData } from './telemetry.ts';

function logged(write: (log: ReturnType<typeof makeLogger>) => void): string {
  let text = '';
  write(
    makeLogger('info', (line) => {
      text += line;
    }),
  );
  return text;
}

describe('the log', () => {
  it('has no secret and no personal field, however deep', () => {
    const token = randomBytes(32).toString('base64url');
    const text = logged((log) => {
      log.info(
        {
          password: 'correct horse',
          nested: {
            deeper: [{ cookie: `ofs_session=${token}` }, { headers: { authorization: `Bearer ${token}` } }],
          },
          user: { email: 'robin@example.com', first_name: 'Robin' },
          status: 200,
        },
        'request',
      );
    });
    for (const secret of ['correct horse', token, 'robin@example.com', 'Robin'])
      expect(text).not.toContain(secret);
    expect(JSON.parse(text)).toMatchObject({ msg: 'request', status: 200, service: 'ofs' });
  });

  it.each([
    ['duplicate key: Key (email)=(robin@example.com) already exists', 'robin@example.com'],
    ['connect postgres://app:hunter2@db.example:5432/ofs failed', 'hunter2'],
    ['GET /verify-email?token=abcDEF123&page=2 failed', 'abcDEF123'],
    ['the header authorization: Bearer abc.def-123456 was refused', 'abc.def-123456'],
    ['sent cookie: ofs_session=s3cr3tvalue; other=1', 's3cr3tvalue'],
    ['callback?code=4/0AbCdEfGh&state=xyz', '4/0AbCdEfGh'],
    ['mail to "Robin Ünal" <robin.ünal+x@example.co.uk> bounced', 'robin.ünal+x@example.co.uk'],
  ])('%s', (message, secret) => {
    const fromError = logged((log) => log.error({ error: new Error(message) }, 'failed'));
    const fromText = logged((log) => log.error(message));
    const fromField = logged((log) => log.error({ error: message }, 'failed'));
    for (const text of [fromError, fromText, fromField]) expect(text).not.toContain(secret);
  });

  it('keeps what is needed to find a fault', () => {
    const id = randomUUID();
    const hash = randomBytes(32).toString('hex');
    const text = `job ${id} of /api/v1/projects/:id failed with 23505 after 12 ms, sha256 ${hash}`;
    expect(withoutPersonalData(text)).toBe(text);
    expect(logged((log) => log.error({ code: 'ECONNREFUSED', request_id: id }, 'x'))).toContain(
      'ECONNREFUSED',
    );
  });

  it('takes our own tokens out of any text', () => {
    for (let i = 0; i < 50; i++) {
      const token = randomBytes(32).toString('base64url');
      expect(withoutPersonalData(`session ${token} is unknown`)).not.toContain(token);
    }
  });
});
