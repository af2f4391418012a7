// Numbers that readers stumble over: huge, tiny, negative, not numbers at all.
export const NUMBERS = [
  ...['0', '-1', '1', '-0', '2147483647', '-2147483648', '4294967296', '99999999999', '9007199254740993'],
  ...['1e308', '-1e308', '1e309', '1e-320', '1e15', '1e9', '-1e9', '1.7976931348623157e308', '0.0000001'],
  ...['NaN', 'nan', 'Infinity', '-inf', '', ' ', 'x', '0x10', '1,5', '1.2.3', '--4', '1e', '3d2'],
] as const;
