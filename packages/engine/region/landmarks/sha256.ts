/**
 * SHA-256 (FIPS 180-4) as lower-case hex. Own, because `crypto.subtle` is missing on pages served over plain
 * http in a clinic's network, and weights must be checked there too.
 */
export function sha256Hex(bytes: Uint8Array): string {
  const message = padMessage(bytes);
  const view = new DataView(message.buffer);
  const state = Int32Array.from(squareRootFractions);
  const w = new Int32Array(64);
  for (let block = 0; block < message.length; block += 64) {
    for (let i = 0; i < 16; i++) w[i] = view.getInt32(block + 4 * i);
    for (let i = 16; i < 64; i++) {
      const a = w[i - 15];
      const b = w[i - 2];
      const early = turn(a, 7) ^ turn(a, 18) ^ (a >>> 3);
      const late = turn(b, 17) ^ turn(b, 19) ^ (b >>> 10);
      w[i] = (((w[i - 16] + w[i - 7]) | 0) + ((early + late) | 0)) | 0;
    }
    mix(state, w);
  }
  return Array.from(state, (word) => (word >>> 0).toString(16).padStart(8, '0')).join('');
}

/** One round of 64 steps over the state. */
function mix(state: Int32Array, w: Int32Array): void {
  let a = state[0];
  let b = state[1];
  let c = state[2];
  let d = state[3];
  let e = state[4];
  let f = state[5];
  let g = state[6];
  let h = state[7];
  for (let i = 0; i < 64; i++) {
    const choice = (e & f) ^ (~e & g);
    const majority = (a & b) ^ (a & c) ^ (b & c);
    const fromE =
      (((turn(e, 6) ^ turn(e, 11) ^ turn(e, 25)) + choice) | 0) + ((cubeRootFractions[i] + w[i]) | 0);
    const first = (h + (fromE | 0)) | 0;
    const second = ((turn(a, 2) ^ turn(a, 13) ^ turn(a, 22)) + majority) | 0;
    h = g;
    g = f;
    f = e;
    e = (d + first) | 0;
    d = c;
    c = b;
    b = a;
    a = (first + second) | 0;
  }
  state[0] += a;
  state[1] += b;
  state[2] += c;
  state[3] += d;
  state[4] += e;
  state[5] += f;
  state[6] += g;
  state[7] += h;
}

/** The message, a 1 bit, zeros, and its length in bits as 64-bit big endian. */
function padMessage(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  const padded = new Uint8Array((bytes.length + 72) & ~63);
  padded.set(bytes);
  padded[bytes.length] = 0x80;
  new DataView(padded.buffer).setBigUint64(padded.length - 8, BigInt(bytes.length) * 8n);
  return padded;
}

function turn(word: number, bits: number): number {
  return (word >>> bits) | (word << (32 - bits));
}

const primes = Array.from({ length: 312 }, (_, i) => i).filter(
  (n) => n > 1 && Array.from({ length: n }, (_, d) => d).every((d) => d < 2 || n % d !== 0),
);

/** First 32 bits of the fractional part. */
function fraction(value: number): number {
  return Math.floor((value - Math.floor(value)) * 2 ** 32);
}

const squareRootFractions = primes.slice(0, 8).map((prime) => fraction(Math.sqrt(prime)));
const cubeRootFractions = Int32Array.from(primes.slice(0, 64), (prime) => fraction(Math.cbrt(prime)));
