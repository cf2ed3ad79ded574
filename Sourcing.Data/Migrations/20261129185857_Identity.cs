using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Sourcing.Data.Migrations
{
    /// <inheritdoc />
    public partial class Identity : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropCheckConstraint(
                name: "ck_part_cross_references_kind",
                table: "part_cross_references");

            migrationBuilder.AddColumn<Guid>(
                name: "merged_into",
                table: "suppliers",
                type: "uuid",
                nullable: true);

            migrationBuilder.AddColumn<Guid>(
                name: "merged_into",
                table: "parts",
                type: "uuid",
                nullable: true);

            migrationBuilder.CreateTable(
                name: "merges",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    kind = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    kept_id = table.Column<Guid>(type: "uuid", nullable: false),
                    kept_number = table.Column<string>(type: "character varying(50)", maxLength: 50, nullable: false),
                    kept_name = table.Column<string>(type: "character varying(255)", maxLength: 255, nullable: false),
                    gone_id = table.Column<Guid>(type: "uuid", nullable: false),
                    gone_number = table.Column<string>(type: "character varying(50)", maxLength: 50, nullable: false),
                    gone_name = table.Column<string>(type: "character varying(255)", maxLength: 255, nullable: false),
                    moved = table.Column<string>(type: "jsonb", nullable: false),
                    merged_by = table.Column<Guid>(type: "uuid", nullable: false),
                    created_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false, defaultValueSql: "now()"),
                    updated_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false, defaultValueSql: "now()")
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_merges", x => x.id);
                    table.CheckConstraint("ck_merges_kind", "kind in ('part', 'supplier')");
                    table.CheckConstraint("ck_merges_two", "kept_id <> gone_id");
                });

            migrationBuilder.CreateIndex(
                name: "ix_suppliers_merged_into",
                table: "suppliers",
                column: "merged_into",
                filter: "merged_into is not null");

            migrationBuilder.AddCheckConstraint(
                name: "ck_suppliers_merged_into",
                table: "suppliers",
                sql: "merged_into is null or deleted_at is not null");

            migrationBuilder.CreateIndex(
                name: "ix_parts_merged_into",
                table: "parts",
                column: "merged_into",
                filter: "merged_into is not null");

            migrationBuilder.AddCheckConstraint(
                name: "ck_parts_merged_into",
                table: "parts",
                sql: "merged_into is null or deleted_at is not null");

            migrationBuilder.AddCheckConstraint(
                name: "ck_part_cross_references_kind",
                table: "part_cross_references",
                sql: "kind in ('manufacturer', 'supplier', 'customer', 'equivalent', 'replaced_by', 'former_number')");

            migrationBuilder.CreateIndex(
                name: "ix_merges_gone_id",
                table: "merges",
                column: "gone_id",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_merges_kept_id",
                table: "merges",
                column: "kept_id");

            migrationBuilder.AddForeignKey(
                name: "fk_parts_parts_merged_into",
                table: "parts",
                column: "merged_into",
                principalTable: "parts",
                principalColumn: "id",
                onDelete: ReferentialAction.Restrict);

            migrationBuilder.AddForeignKey(
                name: "fk_suppliers_suppliers_merged_into",
                table: "suppliers",
                column: "merged_into",
                principalTable: "suppliers",
                principalColumn: "id",
                onDelete: ReferentialAction.Restrict);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropForeignKey(
                name: "fk_parts_parts_merged_into",
                table: "parts");

            migrationBuilder.DropForeignKey(
                name: "fk_suppliers_suppliers_merged_into",
                table: "suppliers");

            migrationBuilder.DropTable(
                name: "merges");

            migrationBuilder.DropIndex(
                name: "ix_suppliers_merged_into",
                table: "suppliers");

            migrationBuilder.DropCheckConstraint(
                name: "ck_suppliers_merged_into",
                table: "suppliers");

            migrationBuilder.DropIndex(
                name: "ix_parts_merged_into",
                table: "parts");

            migrationBuilder.DropCheckConstraint(
                name: "ck_parts_merged_into",
                table: "parts");

            migrationBuilder.DropCheckConstraint(
                name: "ck_part_cross_references_kind",
                table: "part_cross_references");

            migrationBuilder.DropColumn(
                name: "merged_into",
                table: "suppliers");

            migrationBuilder.DropColumn(
                name: "merged_into",
                table: "parts");

            migrationBuilder.AddCheckConstraint(
                name: "ck_part_cross_references_kind",
                table: "part_cross_references",
                sql: "kind in ('manufacturer', 'supplier', 'customer', 'equivalent', 'replaced_by')");
        }
    }
}
