/** Where a partition key goes (KIN-3): MD5 of the key is a number of 128 bits, and each shard has an even range of them. */

/** Sines that MD5 adds, as RFC 1321 lists them: floor(2^32 x |sin(i + 1)|). */
const SINES = Uint32Array.from(
  (
    'd76aa478e8c7b756242070dbc1bdceeef57c0faf4787c62aa8304613fd469501698098d88b44f7afffff5bb1895cd7be6b901122fd987193a679438e49b40821' +
    'f61e2562c040b340265e5a51e9b6c7aad62f105d02441453d8a1e681e7d3fbc821e1cde6c33707d6f4d50d87455a14eda9e3e905fcefa3f8676f02d98d2a4c8a' +
    'fffa39428771f6816d9d6122fde5380ca4beea444bdecfa9f6bb4b60bebfbc70289b7ec6eaa127fad4ef308504881d05d9d4d039e6db99e51fa27cf8c4ac5665' +
    'f4292244432aff97ab9423a7fc93a039655b59c38f0ccc92ffeff47d85845dd16fa87e4ffe2ce6e0a30143144e0811a1f7537e82bd3af2352ad7d2bbeb86d391'
  ).match(/.{8}/g)!,
  (word) => parseInt(word, 16),
)
/** Left rotations of the four rounds. */
const TURNS = [7, 12, 17, 22, 5, 9, 14, 20, 4, 11, 16, 23, 6, 10, 15, 21]
const EMPTY = [0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476]

/** MD5 of a text as UTF-8, as 32 hexadecimal digits (RFC 1321). */
export function md5(text: string): string {
  const bytes = utf8(text)
  const words = new Int32Array(((bytes.length + 8) >>> 6) * 16 + 16)
  bytes.forEach((byte, i) => (words[i >> 2]! |= byte << ((i & 3) * 8)))
  words[bytes.length >> 2]! |= 0x80 << ((bytes.length & 3) * 8)
  words[words.length - 2] = bytes.length << 3
  const sum = Int32Array.from(EMPTY)
  for (let block = 0; block < words.length; block += 16) {
    let a = sum[0]!
    let b = sum[1]!
    let c = sum[2]!
    let d = sum[3]!
    for (let i = 0; i < 64; i++) {
      const round = i >> 4
      const mixed =
        round === 0 ? (b & c) | (~b & d) : round === 1 ? (d & b) | (~d & c) : round === 2 ? b ^ c ^ d : c ^ (b | ~d)
      const word = round === 0 ? i : round === 1 ? 5 * i + 1 : round === 2 ? 3 * i + 5 : 7 * i
      const x = (a + mixed + SINES[i]! + words[block + (word & 15)]!) | 0
      const turn = TURNS[round * 4 + (i & 3)]!
      a = d
      d = c
      c = b
      b = (b + ((x << turn) | (x >>> (32 - turn)))) | 0
    }
    sum[0]! += a
    sum[1]! += b
    sum[2]! += c
    sum[3]! += d
  }
  let hex = ''
  for (let i = 0; i < 16; i++) hex += ((sum[i >> 2]! >>> ((i & 3) * 8)) & 255).toString(16).padStart(2, '0')
  return hex
}

/** Which of `shards` even hash ranges a key falls into. */
export function shardOfKey(key: string, shards: number): number {
  if (shards === 1) return 0
  const range = (1n << 128n) / BigInt(shards)
  return Math.min(shards - 1, Number(BigInt(`0x${md5(key)}`) / range))
}

/** A text as UTF-8. */
export function utf8(text: string): number[] {
  const bytes: number[] = []
  for (const character of text) {
    const code = character.codePointAt(0)!
    if (code < 0x80) bytes.push(code)
    else if (code < 0x800) bytes.push(0xc0 | (code >> 6), 0x80 | (code & 63))
    else if (code < 0x10000) bytes.push(0xe0 | (code >> 12), 0x80 | ((code >> 6) & 63), 0x80 | (code & 63))
    else bytes.push(0xf0 | (code >> 18), 0x80 | ((code >> 12) & 63), 0x80 | ((code >> 6) & 63), 0x80 | (code & 63))
  }
  return bytes
}
