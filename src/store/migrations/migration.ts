import type { MigrationInterface, QueryRunner } from "typeorm";

/**
 * A forward migration out of plain statements. `name` ends in the date as epoch ms, which TypeORM
 * orders by. Going back is a restore from backup, never a `down`.
 */
export function migration(
  name: string,
  statements: readonly string[],
): new () => MigrationInterface {
  return class implements MigrationInterface {
    readonly name = name;

    async up(runner: QueryRunner): Promise<void> {
      for (const statement of statements) await runner.query(statement);
    }

    async down(): Promise<void> {
      throw new Error("Migrations only go forward: restore a backup instead.");
    }
  };
}
