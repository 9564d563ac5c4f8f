import { describe, expect, test } from '@jest/globals';
import { CircuitBreaker, type CircuitState, type Ticket } from '../../../src/execution/circuit-breaker.js';

const limits = { failuresInARow: 3, ratio: 0.5, minimum: 10, windowMs: 1000, openMs: 100 };

function breaker() {
  const changes: CircuitState[] = [];
  const circuit = new CircuitBreaker(limits, (state) => changes.push(state));
  const fetch = (now: number, end: 'succeeded' | 'failed') => circuit[end](circuit.admit(now)!, now);
  return { circuit, changes, fetch };
}

function opened() {
  const { circuit, changes, fetch } = breaker();
  for (let i = 0; i < 3; i++) fetch(0, 'failed');
  return { circuit, changes, fetch };
}

describe('a closed circuit', () => {
  test('opens after so many failures in a row', () => {
    const { circuit, changes, fetch } = breaker();
    fetch(0, 'failed');
    fetch(0, 'failed');
    fetch(0, 'succeeded');
    fetch(0, 'failed');
    fetch(0, 'failed');
    expect(circuit.state).toBe('closed');
    fetch(0, 'failed');
    expect(circuit.state).toBe('open');
    expect(changes).toEqual(['open']);
  });

  test('opens when too many of a window fail, never twice in a row', () => {
    const { circuit, fetch } = breaker();
    for (let i = 0; i < 5; i++) {
      expect(circuit.state).toBe('closed');
      fetch(i, 'succeeded');
      fetch(i, 'failed');
    }
    expect(circuit.state).toBe('open');
  });

  test('forgets what is older than its window', () => {
    const { circuit, fetch } = breaker();
    for (let i = 0; i < 4; i++) {
      fetch(0, 'succeeded');
      fetch(0, 'failed');
    }
    for (let i = 0; i < 4; i++) fetch(2000, 'succeeded');
    fetch(2000, 'failed');
    fetch(2000, 'failed');
    expect(circuit.state).toBe('closed');
  });
});

describe('an open circuit', () => {
  test('refuses until its time is over, then lets one probe through', () => {
    const { circuit } = opened();
    expect(circuit.admit(99)).toBeUndefined();
    expect(circuit.admit(100)).toBe('probe');
    expect(circuit.state).toBe('half-open');
    expect(circuit.admit(101)).toBeUndefined();
  });

  test('closes when the probe is answered', () => {
    const { circuit, changes } = opened();
    circuit.succeeded(circuit.admit(100)!, 101);
    expect(circuit.admit(101)).toBe('fetch');
    expect(changes).toEqual(['open', 'half-open', 'closed']);
  });

  test('opens for as long again when the probe fails', () => {
    const { circuit } = opened();
    circuit.failed(circuit.admit(100)!, 150);
    expect(circuit.admit(249)).toBeUndefined();
    expect(circuit.admit(250)).toBe('probe');
  });

  test('lets another probe through when the first was abandoned', () => {
    const { circuit } = opened();
    circuit.abandoned(circuit.admit(100)!);
    expect(circuit.admit(101)).toBe('probe');
  });

  test('is not changed by what was under way when it opened', () => {
    const { circuit, fetch } = breaker();
    const late: Ticket[] = [circuit.admit(0)!, circuit.admit(0)!];
    for (let i = 0; i < 3; i++) fetch(0, 'failed');
    circuit.succeeded(late[0]!, 50);
    circuit.failed(late[1]!, 60);
    expect(circuit.state).toBe('open');
    expect(circuit.admit(100)).toBe('probe');
  });

  test('may be tried at once when there is reason to', () => {
    const { circuit } = opened();
    circuit.reconsider();
    expect(circuit.admit(1)).toBe('probe');
  });
});
