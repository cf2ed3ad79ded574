using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Sourcing.Data.Migrations
{
    /// <inheritdoc />
    public partial class Awarding : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropCheckConstraint(
                name: "ck_award_decisions_baseline",
                table: "award_decisions");

            migrationBuilder.DropCheckConstraint(
                name: "ck_award_decisions_scenario",
                table: "award_decisions");

            migrationBuilder.AddColumn<Guid>(
                name: "scenario_id",
                table: "award_decisions",
                type: "uuid",
                nullable: true);

            migrationBuilder.CreateTable(
                name: "award_scenarios",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    rfq_id = table.Column<Guid>(type: "uuid", nullable: false),
                    round = table.Column<int>(type: "integer", nullable: false),
                    name = table.Column<string>(type: "character varying(80)", maxLength: 80, nullable: false),
                    landed = table.Column<decimal>(type: "numeric(18,2)", precision: 18, scale: 2, nullable: false),
                    counted = table.Column<decimal>(type: "numeric(18,2)", precision: 18, scale: 2, nullable: false),
                    open_lines = table.Column<int>(type: "integer", nullable: false),
                    proven = table.Column<bool>(type: "boolean", nullable: false),
                    calculated_by = table.Column<Guid>(type: "uuid", nullable: false),
                    calculated_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    created_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false, defaultValueSql: "now()"),
                    xmin = table.Column<uint>(type: "xid", rowVersion: true, nullable: false),
                    rules = table.Column<string>(type: "jsonb", nullable: false),
                    result = table.Column<string>(type: "jsonb", nullable: false),
                    updated_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false, defaultValueSql: "now()")
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_award_scenarios", x => x.id);
                    table.CheckConstraint("ck_award_scenarios_ranges", "round >= 1 and landed >= 0 and open_lines >= 0 and name <> ''");
                    table.ForeignKey(
                        name: "fk_award_scenarios_rfqs_rfq_id",
                        column: x => x.rfq_id,
                        principalTable: "rfqs",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateIndex(
                name: "ix_award_decisions_scenario_id",
                table: "award_decisions",
                column: "scenario_id");

            migrationBuilder.AddCheckConstraint(
                name: "ck_award_decisions_baseline",
                table: "award_decisions",
                sql: "baseline in ('target', 'last_paid', 'median', 'first_round')");

            migrationBuilder.AddCheckConstraint(
                name: "ck_award_decisions_scenario",
                table: "award_decisions",
                sql: "scenario in ('by_hand', 'cheapest_per_line', 'one_supplier', 'saved')");

            migrationBuilder.CreateIndex(
                name: "ix_award_scenarios_rfq_id_round_name",
                table: "award_scenarios",
                columns: new[] { "rfq_id", "round", "name" },
                unique: true);

            migrationBuilder.AddForeignKey(
                name: "fk_award_decisions_award_scenarios_scenario_id",
                table: "award_decisions",
                column: "scenario_id",
                principalTable: "award_scenarios",
                principalColumn: "id",
                onDelete: ReferentialAction.Restrict);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropForeignKey(
                name: "fk_award_decisions_award_scenarios_scenario_id",
                table: "award_decisions");

            migrationBuilder.DropTable(
                name: "award_scenarios");

            migrationBuilder.DropIndex(
                name: "ix_award_decisions_scenario_id",
                table: "award_decisions");

            migrationBuilder.DropCheckConstraint(
                name: "ck_award_decisions_baseline",
                table: "award_decisions");

            migrationBuilder.DropCheckConstraint(
                name: "ck_award_decisions_scenario",
                table: "award_decisions");

            migrationBuilder.DropColumn(
                name: "scenario_id",
                table: "award_decisions");

            migrationBuilder.AddCheckConstraint(
                name: "ck_award_decisions_baseline",
                table: "award_decisions",
                sql: "baseline in ('target', 'last_paid', 'median')");

            migrationBuilder.AddCheckConstraint(
                name: "ck_award_decisions_scenario",
                table: "award_decisions",
                sql: "scenario in ('by_hand', 'cheapest_per_line', 'one_supplier')");
        }
    }
}
