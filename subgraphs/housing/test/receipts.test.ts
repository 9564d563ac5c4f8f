import { createHash } from 'node:crypto';
import { describe, expect, test } from '@jest/globals';
import { ballotOf, lineOf, receiptOf, receiptProof, receiptsRoot } from '../src/votes/receipts.js';

const ballots = (count: number) =>
  Array.from({ length: count }, (_, i) => {
    const option = (i % 3) + 1;
    return { receipt: receiptOf('vote', option, `code-${i}`), option };
  });
const sha256 = (text: string | Buffer) => createHash('sha256').update(text).digest();
const joined = (prefix: number, ...parts: Buffer[]) => sha256(Buffer.concat([Buffer.of(prefix), ...parts]));

test('a receipt is the hash of vote, option and code, as its voter can compute it', () => {
  expect(receiptOf('vote', 2, 'code')).toBe(sha256('vote:2:code').toString('hex'));
});

test('a ballot is the same after it was written down', () => {
  const [ballot] = ballots(1);
  expect(ballotOf(lineOf(ballot!))).toEqual(ballot);
});

describe.each([true, false])('with options withheld: %s', (suppressed) => {
  const leaf = ({ receipt, option }: { receipt: string; option: number }) =>
    joined(0, Buffer.from(suppressed ? receipt : `${receipt}:${option}`));

  test.each([1, 2, 3, 5, 8, 31])('of %d ballots every receipt leads to the root, and no other does', (count) => {
    const all = ballots(count);
    const root = receiptsRoot(all, suppressed);
    for (const ballot of all) {
      const proof = receiptProof(all, suppressed, ballot.receipt)!;
      const climb = (from: Buffer) =>
        proof
          .reduce((hash, { hash: other, left }) => {
            const sibling = Buffer.from(other, 'hex');
            return left ? joined(1, sibling, hash) : joined(1, hash, sibling);
          }, from)
          .toString('hex');
      expect(climb(leaf(ballot))).toBe(root);
      expect(climb(leaf({ receipt: receiptOf('vote', 1, 'another'), option: 1 }))).not.toBe(root);
    }
    expect(receiptProof(all, suppressed, receiptOf('vote', 1, 'another'))).toBeNull();
  });

  test('the root is the same in whatever order the ballots come', () => {
    const all = ballots(9);
    expect(receiptsRoot([...all].reverse(), suppressed)).toBe(receiptsRoot(all, suppressed));
  });
});

test('where options are withheld, the root says nothing of them', () => {
  const all = ballots(6);
  const others = all.map(({ receipt }) => ({ receipt, option: 1 }));
  expect(receiptsRoot(others, true)).toBe(receiptsRoot(all, true));
  expect(receiptsRoot(others, false)).not.toBe(receiptsRoot(all, false));
});

test('of no ballots there is no root', () => {
  expect(receiptsRoot([], false)).toBeNull();
});
