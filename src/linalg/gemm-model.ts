/** Writes the ONNX models that the matrix product needs: one Gemm node each (protobuf, onnx.proto3 field numbers). */

export interface GemmShape {
  readonly alpha: number;
  readonly beta: number;
  readonly transposeA: boolean;
  readonly transposeB: boolean;
}

/** Y = alpha · A' · B' + beta · C as an ONNX model (opset 13, IR 8) with free dimensions. Without beta there is no input C. */
export function gemmModel({ alpha, beta, transposeA, transposeB }: GemmShape): Uint8Array {
  const inputs = beta === 0 ? ['A', 'B'] : ['A', 'B', 'C'];
  const node = [
    ...inputs.flatMap((name) => text(1, name)),
    ...text(2, 'Y'),
    ...text(4, 'Gemm'),
    ...floatAttribute('alpha', alpha),
    ...floatAttribute('beta', beta),
    ...integerAttribute('transA', Number(transposeA)),
    ...integerAttribute('transB', Number(transposeB)),
  ];
  const graph = [
    ...bytes(1, node),
    ...text(2, 'gemm'),
    ...inputs.flatMap((name) => matrix(11, name)),
    ...matrix(12, 'Y'),
  ];
  return Uint8Array.from([...integer(1, 8), ...bytes(7, graph), ...bytes(8, integer(2, 13))]);
}

const FLOAT = 1;
const ATTRIBUTE_FLOAT = 1;
const ATTRIBUTE_INT = 2;

function matrix(field: number, name: string): number[] {
  const dimensions = [`${name}0`, `${name}1`].flatMap((dimension) => bytes(1, text(2, dimension)));
  const tensor = [...integer(1, FLOAT), ...bytes(2, dimensions)];
  return bytes(field, [...text(1, name), ...bytes(2, bytes(1, tensor))]);
}

function floatAttribute(name: string, value: number): number[] {
  const bits = [...new Uint8Array(Float32Array.of(value).buffer)];
  return bytes(5, [
    ...text(1, name),
    ...varint((2 << 3) | 5),
    ...bits,
    ...integer(20, ATTRIBUTE_FLOAT),
  ]);
}

function integerAttribute(name: string, value: number): number[] {
  return bytes(5, [...text(1, name), ...integer(3, value), ...integer(20, ATTRIBUTE_INT)]);
}

function text(field: number, value: string): number[] {
  return bytes(field, [...Buffer.from(value)]);
}

function bytes(field: number, value: number[]): number[] {
  return [...varint((field << 3) | 2), ...varint(value.length), ...value];
}

function integer(field: number, value: number): number[] {
  return [...varint(field << 3), ...varint(value)];
}

function varint(value: number): number[] {
  const out: number[] = [];
  for (; value > 127; value >>>= 7) out.push((value & 127) | 128);
  out.push(value);
  return out;
}
