using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Sourcing.Data.Migrations
{
    /// <inheritdoc />
    public partial class Scorecards : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(
                name: "manual_block",
                table: "suppliers",
                type: "character varying(40)",
                maxLength: 40,
                nullable: false,
                defaultValueSql: "'none'");

            migrationBuilder.AddColumn<string>(
                name: "manual_block_reason",
                table: "suppliers",
                type: "character varying(500)",
                maxLength: 500,
                nullable: true);

            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "manual_blocked_at",
                table: "suppliers",
                type: "timestamp with time zone",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "standing",
                table: "suppliers",
                type: "character varying(40)",
                maxLength: 40,
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "standing_effect",
                table: "suppliers",
                type: "character varying(40)",
                maxLength: 40,
                nullable: false,
                defaultValueSql: "'none'");

            migrationBuilder.AddColumn<DateOnly>(
                name: "standing_period",
                table: "suppliers",
                type: "date",
                nullable: true);

            migrationBuilder.AddColumn<decimal>(
                name: "standing_score",
                table: "suppliers",
                type: "numeric(5,2)",
                precision: 5,
                scale: 2,
                nullable: true);

            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "standing_since",
                table: "suppliers",
                type: "timestamp with time zone",
                nullable: true);

            migrationBuilder.CreateTable(
                name: "scorecard_templates",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    name = table.Column<string>(type: "character varying(120)", maxLength: 120, nullable: false),
                    description = table.Column<string>(type: "character varying(1000)", maxLength: 1000, nullable: false),
                    status = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    period = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    decay = table.Column<decimal>(type: "numeric(5,4)", precision: 5, scale: 4, nullable: false),
                    small_sample = table.Column<decimal>(type: "numeric(9,2)", precision: 9, scale: 2, nullable: false),
                    back_tested_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    activated_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    retired_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    deleted_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    deleted_by = table.Column<Guid>(type: "uuid", nullable: true),
                    xmin = table.Column<uint>(type: "xid", rowVersion: true, nullable: false),
                    created_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false, defaultValueSql: "now()"),
                    updated_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false, defaultValueSql: "now()")
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_scorecard_templates", x => x.id);
                    table.CheckConstraint("ck_scorecard_templates_activated", "status = 'draft' or (activated_at is not null and back_tested_at is not null)");
                    table.CheckConstraint("ck_scorecard_templates_decay", "decay between 0 and 1");
                    table.CheckConstraint("ck_scorecard_templates_period", "period in ('month', 'quarter', 'year')");
                    table.CheckConstraint("ck_scorecard_templates_small_sample", "small_sample between 0 and 10000");
                    table.CheckConstraint("ck_scorecard_templates_status", "status in ('draft', 'active', 'retired')");
                });

            migrationBuilder.CreateTable(
                name: "supplier_kpis",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    supplier_id = table.Column<Guid>(type: "uuid", nullable: false),
                    kpi = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    period = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    period_start = table.Column<DateOnly>(type: "date", nullable: false),
                    events = table.Column<int>(type: "integer", nullable: false),
                    top = table.Column<decimal>(type: "numeric(24,6)", precision: 24, scale: 6, nullable: true),
                    bottom = table.Column<decimal>(type: "numeric(24,6)", precision: 24, scale: 6, nullable: true),
                    value = table.Column<decimal>(type: "numeric(24,6)", precision: 24, scale: 6, nullable: true),
                    created_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false, defaultValueSql: "now()"),
                    updated_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false, defaultValueSql: "now()")
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_supplier_kpis", x => x.id);
                    table.CheckConstraint("ck_supplier_kpis_events", "events > 0");
                    table.CheckConstraint("ck_supplier_kpis_period", "period in ('month', 'quarter', 'year')");
                    table.ForeignKey(
                        name: "fk_supplier_kpis_suppliers_supplier_id",
                        column: x => x.supplier_id,
                        principalTable: "suppliers",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "scorecard_criteria",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    template_id = table.Column<Guid>(type: "uuid", nullable: false),
                    position = table.Column<int>(type: "integer", nullable: false),
                    name = table.Column<string>(type: "character varying(80)", maxLength: 80, nullable: false),
                    weight = table.Column<decimal>(type: "numeric(5,2)", precision: 5, scale: 2, nullable: false),
                    formula = table.Column<string>(type: "character varying(300)", maxLength: 300, nullable: false),
                    zero_at = table.Column<decimal>(type: "numeric(18,4)", precision: 18, scale: 4, nullable: false),
                    full_at = table.Column<decimal>(type: "numeric(18,4)", precision: 18, scale: 4, nullable: false),
                    created_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false, defaultValueSql: "now()"),
                    updated_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false, defaultValueSql: "now()")
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_scorecard_criteria", x => x.id);
                    table.CheckConstraint("ck_scorecard_criteria_weight", "weight > 0 and weight <= 100 and zero_at <> full_at");
                    table.ForeignKey(
                        name: "fk_scorecard_criteria_scorecard_templates_template_id",
                        column: x => x.template_id,
                        principalTable: "scorecard_templates",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "scorecard_standings",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    template_id = table.Column<Guid>(type: "uuid", nullable: false),
                    position = table.Column<int>(type: "integer", nullable: false),
                    name = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    from_score = table.Column<decimal>(type: "numeric(5,2)", precision: 5, scale: 2, nullable: false),
                    effect = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    created_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false, defaultValueSql: "now()"),
                    updated_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false, defaultValueSql: "now()")
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_scorecard_standings", x => x.id);
                    table.CheckConstraint("ck_scorecard_standings_effect", "effect in ('none', 'warn', 'block_rfqs', 'block_orders')");
                    table.CheckConstraint("ck_scorecard_standings_from_score", "from_score between 0 and 100");
                    table.ForeignKey(
                        name: "fk_scorecard_standings_scorecard_templates_template_id",
                        column: x => x.template_id,
                        principalTable: "scorecard_templates",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "supplier_scorecards",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    supplier_id = table.Column<Guid>(type: "uuid", nullable: false),
                    template_id = table.Column<Guid>(type: "uuid", nullable: false),
                    period_start = table.Column<DateOnly>(type: "date", nullable: false),
                    period_end = table.Column<DateOnly>(type: "date", nullable: false),
                    own_score = table.Column<decimal>(type: "numeric(5,2)", precision: 5, scale: 2, nullable: false),
                    score = table.Column<decimal>(type: "numeric(5,2)", precision: 5, scale: 2, nullable: false),
                    standing = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    effect = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    few_data = table.Column<bool>(type: "boolean", nullable: false),
                    criteria = table.Column<string>(type: "jsonb", nullable: false),
                    created_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false, defaultValueSql: "now()"),
                    updated_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false, defaultValueSql: "now()")
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_supplier_scorecards", x => x.id);
                    table.CheckConstraint("ck_supplier_scorecards_effect", "effect in ('none', 'warn', 'block_rfqs', 'block_orders')");
                    table.CheckConstraint("ck_supplier_scorecards_period", "period_end > period_start");
                    table.CheckConstraint("ck_supplier_scorecards_score", "score between 0 and 100 and own_score between 0 and 100");
                    table.ForeignKey(
                        name: "fk_supplier_scorecards_scorecard_templates_template_id",
                        column: x => x.template_id,
                        principalTable: "scorecard_templates",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_supplier_scorecards_suppliers_supplier_id",
                        column: x => x.supplier_id,
                        principalTable: "suppliers",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateIndex(
                name: "ix_suppliers_standing_score_id",
                table: "suppliers",
                columns: new[] { "standing_score", "id" },
                filter: "deleted_at is null");

            migrationBuilder.AddCheckConstraint(
                name: "ck_suppliers_manual_block",
                table: "suppliers",
                sql: "manual_block in ('none', 'rfq', 'order')");

            migrationBuilder.AddCheckConstraint(
                name: "ck_suppliers_standing_effect",
                table: "suppliers",
                sql: "standing_effect in ('none', 'warn', 'block_rfqs', 'block_orders')");

            migrationBuilder.AddCheckConstraint(
                name: "ck_suppliers_standing_score",
                table: "suppliers",
                sql: "standing_score between 0 and 100 and (standing is null) = (standing_score is null)");

            migrationBuilder.CreateIndex(
                name: "ix_scorecard_criteria_template_id_position",
                table: "scorecard_criteria",
                columns: new[] { "template_id", "position" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_scorecard_standings_template_id_position",
                table: "scorecard_standings",
                columns: new[] { "template_id", "position" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_scorecard_templates_active",
                table: "scorecard_templates",
                column: "status",
                unique: true,
                filter: "status = 'active'");

            migrationBuilder.CreateIndex(
                name: "ix_scorecard_templates_name",
                table: "scorecard_templates",
                column: "name",
                unique: true,
                filter: "deleted_at is null");

            migrationBuilder.CreateIndex(
                name: "ix_supplier_kpis_period_period_start_kpi",
                table: "supplier_kpis",
                columns: new[] { "period", "period_start", "kpi" });

            migrationBuilder.CreateIndex(
                name: "ix_supplier_kpis_supplier_id_kpi_period_period_start",
                table: "supplier_kpis",
                columns: new[] { "supplier_id", "kpi", "period", "period_start" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_supplier_scorecards_supplier_id_template_id_period_start",
                table: "supplier_scorecards",
                columns: new[] { "supplier_id", "template_id", "period_start" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_supplier_scorecards_template_id_period_start",
                table: "supplier_scorecards",
                columns: new[] { "template_id", "period_start" });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "scorecard_criteria");

            migrationBuilder.DropTable(
                name: "scorecard_standings");

            migrationBuilder.DropTable(
                name: "supplier_kpis");

            migrationBuilder.DropTable(
                name: "supplier_scorecards");

            migrationBuilder.DropTable(
                name: "scorecard_templates");

            migrationBuilder.DropIndex(
                name: "ix_suppliers_standing_score_id",
                table: "suppliers");

            migrationBuilder.DropCheckConstraint(
                name: "ck_suppliers_manual_block",
                table: "suppliers");

            migrationBuilder.DropCheckConstraint(
                name: "ck_suppliers_standing_effect",
                table: "suppliers");

            migrationBuilder.DropCheckConstraint(
                name: "ck_suppliers_standing_score",
                table: "suppliers");

            migrationBuilder.DropColumn(
                name: "manual_block",
                table: "suppliers");

            migrationBuilder.DropColumn(
                name: "manual_block_reason",
                table: "suppliers");

            migrationBuilder.DropColumn(
                name: "manual_blocked_at",
                table: "suppliers");

            migrationBuilder.DropColumn(
                name: "standing",
                table: "suppliers");

            migrationBuilder.DropColumn(
                name: "standing_effect",
                table: "suppliers");

            migrationBuilder.DropColumn(
                name: "standing_period",
                table: "suppliers");

            migrationBuilder.DropColumn(
                name: "standing_score",
                table: "suppliers");

            migrationBuilder.DropColumn(
                name: "standing_since",
                table: "suppliers");
        }
    }
}
