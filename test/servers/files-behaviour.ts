// What every file store must do, a local folder or an S3 bucket: called by a test file for each.

import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { FileStat, Files } from '../../server/platform/files.ts';

async function* inChunks(data: Buffer, size: number): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < data.length; at += size) yield data.subarray(at, at + size);
}

async function all(list: AsyncIterable<FileStat>): Promise<FileStat[]> {
  const found: FileStat[] = [];
  for await (const one of list) found.push(one);
  return found;
}

const TEXT = { content_type: 'text/plain; charset=utf-8' };

export function filesBehaviour(name: string, open: () => Files): void {
  describe(name, () => {
    it('gives back what was stored, with its size and type', async () => {
      const key = `floor-plans/${randomUUID()}/original.dxf`;
      const data = Buffer.from('0\nSECTION\n2\nHEADER\n');
      const stored = await open().put(key, data, { content_type: 'image/vnd.dxf' });
      expect(stored).toEqual({ size: data.length, sha256: createHash('sha256').update(data).digest('hex') });
      expect(await open().read(key)).toEqual(data);
      expect(await open().stat(key)).toMatchObject({ key, size: data.length, content_type: 'image/vnd.dxf' });
      await open().put(key, Buffer.from('new'), TEXT);
      expect((await open().read(key)).toString()).toBe('new');
      expect(await open().stat(key)).toMatchObject({ size: 3, content_type: TEXT.content_type });
    });

    it('takes and gives a long stream without a length, whatever the size of its pieces', async () => {
      const data = randomBytes(20 * 1024 * 1024 + 12_345);
      const key = `renders/${randomUUID()}.glb`;
      const stored = await open().put(key, inChunks(data, 100_003), { content_type: 'model/gltf-binary' });
      expect(stored.size).toBe(data.length);
      const hash = createHash('sha256');
      for await (const chunk of await open().get(key)) hash.update(chunk);
      expect(hash.digest('hex')).toBe(stored.sha256);
      expect((await open().read(key)).equals(data)).toBe(true);
    });

    it('stores an empty file', async () => {
      const key = `empty/${randomUUID()}`;
      await open().put(key, inChunks(Buffer.alloc(0), 1), TEXT);
      expect((await open().read(key)).length).toBe(0);
    });

    it('keeps nothing of a stream that broke, and leaves the file that was there', async () => {
      const key = `exports/${randomUUID()}.pdf`;
      await open().put(key, Buffer.from('before'), TEXT);
      async function* breaking(): AsyncGenerator<Uint8Array> {
        yield randomBytes(17 * 1024 * 1024);
        throw new Error('the line went dead');
      }
      await expect(open().put(key, breaking(), TEXT)).rejects.toThrow('the line went dead');
      expect((await open().read(key)).toString()).toBe('before');
      const other = `exports/${randomUUID()}.pdf`;
      await expect(open().put(other, breaking(), TEXT)).rejects.toThrow('the line went dead');
      expect(await open().stat(other)).toBeUndefined();
    });

    it('lists by beginning', async () => {
      const folder = `list-${randomUUID()}`;
      const keys = ['a', 'a-1', 'b/1', 'b/2', 'b-1', 'b/10', 'c/d/e.txt', 'c.txt'].map(
        (key) => `${folder}/${key}`,
      );
      for (const key of keys) await open().put(key, Buffer.from(key), TEXT);
      const sorted = [...keys].sort();
      expect((await all(open().list(`${folder}/`))).map(({ key }) => key).sort()).toEqual(sorted);
      expect((await all(open().list(`${folder}/b`))).map(({ key }) => key).sort()).toEqual(
        sorted.filter((key) => key.startsWith(`${folder}/b`)),
      );
      expect(await all(open().list(`${folder}/nothing/`))).toEqual([]);
    });

    it('moves a file to cold storage and back: it stays readable under its key', async () => {
      const key = `tiers/${randomUUID()}.pdf`;
      const data = randomBytes(100_000);
      await open().put(key, data, { content_type: 'application/pdf' });
      await open().setTier(key, 'cold');
      expect((await open().read(key)).equals(data)).toBe(true);
      expect(await open().stat(key)).toMatchObject({ size: data.length, content_type: 'application/pdf' });
      expect((await all(open().list('tiers/'))).filter((one) => one.key === key)).toHaveLength(1);
      await open().setTier(key, 'hot');
      await open().setTier(key, 'hot');
      expect((await open().read(key)).equals(data)).toBe(true);
      expect(await open().stat(key)).toMatchObject({ tier: 'hot' });
      await open().setTier(key, 'cold');
      await open().delete(key);
      expect(await open().stat(key)).toBeUndefined();
      await expect(open().setTier(key, 'cold')).rejects.toMatchObject({ code: 'ENOENT' });
    });

    it('deletes, also twice, and says when a file is not there', async () => {
      const key = `gone/${randomUUID()}.txt`;
      await open().put(key, Buffer.from('x'), TEXT);
      await open().delete(key);
      await open().delete(key);
      expect(await open().stat(key)).toBeUndefined();
      await expect(open().read(key)).rejects.toMatchObject({
        code: 'ENOENT',
        message: `There is no file ${key}`,
      });
      await expect(open().get(key)).rejects.toMatchObject({ code: 'ENOENT' });
    });

    it('refuses a key that is too long', async () => {
      await expect(open().put('x'.repeat(600), Buffer.from('x'), TEXT)).rejects.toThrow('Not a file key');
    });

    it.each([
      '',
      '/etc/passwd',
      '../x',
      'a/../b',
      'a//b',
      'a/',
      '.types/a',
      'a/.hidden',
      'a\\b',
      'a\0b',
      'ü',
    ])('refuses the key %j', async (key) => {
      await expect(open().put(key, Buffer.from('x'), TEXT)).rejects.toThrow('Not a file key');
      await expect(open().read(key)).rejects.toThrow('Not a file key');
      await expect(open().stat(key)).rejects.toThrow('Not a file key');
      await expect(open().delete(key)).rejects.toThrow('Not a file key');
    });
  });
}
