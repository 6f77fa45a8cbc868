export async function killRounds(_o: unknown): Promise<number> {
  return 0;
}
