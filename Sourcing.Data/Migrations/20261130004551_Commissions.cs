using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Sourcing.Data.Migrations
{
    /// <inheritdoc />
    public partial class Commissions : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "commission_payouts",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    number = table.Column<string>(type: "character varying(30)", maxLength: 30, nullable: false),
                    reference = table.Column<string>(type: "character varying(80)", maxLength: 80, nullable: false),
                    period_start = table.Column<DateOnly>(type: "date", nullable: false),
                    period_end = table.Column<DateOnly>(type: "date", nullable: false),
                    paid_on = table.Column<DateOnly>(type: "date", nullable: false),
                    paid_by = table.Column<Guid>(type: "uuid", nullable: false),
                    lines = table.Column<int>(type: "integer", nullable: false),
                    created_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false, defaultValueSql: "now()"),
                    updated_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false, defaultValueSql: "now()")
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_commission_payouts", x => x.id);
                    table.CheckConstraint("ck_commission_payouts_period_end", "period_end > period_start and reference <> '' and lines > 0");
                });

            migrationBuilder.CreateTable(
                name: "commission_plans",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    name = table.Column<string>(type: "character varying(120)", maxLength: 120, nullable: false),
                    currency = table.Column<string>(type: "character varying(3)", maxLength: 3, nullable: false),
                    period = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    xmin = table.Column<uint>(type: "xid", rowVersion: true, nullable: false),
                    created_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false, defaultValueSql: "now()"),
                    updated_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false, defaultValueSql: "now()")
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_commission_plans", x => x.id);
                    table.CheckConstraint("ck_commission_plans_period", "period in ('month', 'quarter', 'year')");
                });

            migrationBuilder.CreateTable(
                name: "commission_runs",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    number = table.Column<string>(type: "character varying(30)", maxLength: 30, nullable: false),
                    since = table.Column<DateOnly>(type: "date", nullable: false),
                    through = table.Column<DateOnly>(type: "date", nullable: false),
                    run_by = table.Column<Guid>(type: "uuid", nullable: false),
                    orders = table.Column<int>(type: "integer", nullable: false),
                    lines = table.Column<int>(type: "integer", nullable: false),
                    created_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false, defaultValueSql: "now()"),
                    updated_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false, defaultValueSql: "now()")
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_commission_runs", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "order_shares",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    order_id = table.Column<Guid>(type: "uuid", nullable: false),
                    sales_rep_id = table.Column<Guid>(type: "uuid", nullable: false),
                    percent = table.Column<decimal>(type: "numeric(7,4)", precision: 7, scale: 4, nullable: false),
                    created_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false, defaultValueSql: "now()"),
                    updated_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false, defaultValueSql: "now()")
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_order_shares", x => x.id);
                    table.CheckConstraint("ck_order_shares_percent", "percent > 0 and percent <= 100");
                    table.ForeignKey(
                        name: "fk_order_shares_orders_order_id",
                        column: x => x.order_id,
                        principalTable: "orders",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_order_shares_sales_reps_sales_rep_id",
                        column: x => x.sales_rep_id,
                        principalTable: "sales_reps",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "commission_assignments",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    plan_id = table.Column<Guid>(type: "uuid", nullable: false),
                    sales_rep_id = table.Column<Guid>(type: "uuid", nullable: false),
                    valid_from = table.Column<DateOnly>(type: "date", nullable: false),
                    valid_until = table.Column<DateOnly>(type: "date", nullable: true),
                    created_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false, defaultValueSql: "now()"),
                    updated_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false, defaultValueSql: "now()")
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_commission_assignments", x => x.id);
                    table.CheckConstraint("ck_commission_assignments_valid", "valid_until > valid_from");
                    table.ForeignKey(
                        name: "fk_commission_assignments_commission_plans_plan_id",
                        column: x => x.plan_id,
                        principalTable: "commission_plans",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_commission_assignments_sales_reps_sales_rep_id",
                        column: x => x.sales_rep_id,
                        principalTable: "sales_reps",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "commission_plan_versions",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    plan_id = table.Column<Guid>(type: "uuid", nullable: false),
                    number = table.Column<int>(type: "integer", nullable: false),
                    status = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    valid_from = table.Column<DateOnly>(type: "date", nullable: false),
                    valid_until = table.Column<DateOnly>(type: "date", nullable: true),
                    @base = table.Column<string>(name: "base", type: "character varying(40)", maxLength: 40, nullable: false),
                    @event = table.Column<string>(name: "event", type: "character varying(40)", maxLength: 40, nullable: false),
                    rules = table.Column<string>(type: "jsonb", nullable: false),
                    cap = table.Column<decimal>(type: "numeric(18,2)", precision: 18, scale: 2, nullable: true),
                    floor = table.Column<decimal>(type: "numeric(18,2)", precision: 18, scale: 2, nullable: true),
                    accelerator = table.Column<decimal>(type: "numeric(9,4)", precision: 9, scale: 4, nullable: true),
                    override_percent = table.Column<decimal>(type: "numeric(9,4)", precision: 9, scale: 4, nullable: true),
                    override_of = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    override_reach = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    clawback_days = table.Column<int>(type: "integer", nullable: true),
                    activated_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    created_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false, defaultValueSql: "now()"),
                    updated_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false, defaultValueSql: "now()")
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_commission_plan_versions", x => x.id);
                    table.CheckConstraint("ck_commission_plan_versions_activated", "status = 'draft' or activated_at is not null");
                    table.CheckConstraint("ck_commission_plan_versions_amounts", "cap > 0 and floor > 0 and accelerator > 1 and override_percent > 0 and override_percent <= 100 and clawback_days > 0");
                    table.CheckConstraint("ck_commission_plan_versions_base", "base in ('order_amount', 'margin', 'received_amount', 'paid_amount')");
                    table.CheckConstraint("ck_commission_plan_versions_event", "event in ('issued', 'received', 'paid')");
                    table.CheckConstraint("ck_commission_plan_versions_override_of", "override_of in ('base', 'commission')");
                    table.CheckConstraint("ck_commission_plan_versions_override_reach", "override_reach in ('direct_reports', 'whole_tree')");
                    table.CheckConstraint("ck_commission_plan_versions_status", "status in ('draft', 'active')");
                    table.CheckConstraint("ck_commission_plan_versions_valid", "valid_until > valid_from");
                    table.ForeignKey(
                        name: "fk_commission_plan_versions_commission_plans_plan_id",
                        column: x => x.plan_id,
                        principalTable: "commission_plans",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "commissions",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    run_id = table.Column<Guid>(type: "uuid", nullable: true),
                    sales_rep_id = table.Column<Guid>(type: "uuid", nullable: false),
                    kind = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    order_id = table.Column<Guid>(type: "uuid", nullable: true),
                    event_key = table.Column<string>(type: "character varying(80)", maxLength: 80, nullable: false),
                    plan_id = table.Column<Guid>(type: "uuid", nullable: false),
                    plan_version_id = table.Column<Guid>(type: "uuid", nullable: false),
                    period_start = table.Column<DateOnly>(type: "date", nullable: false),
                    earned_on = table.Column<DateOnly>(type: "date", nullable: false),
                    base_amount = table.Column<decimal>(type: "numeric(18,2)", precision: 18, scale: 2, nullable: false),
                    rate = table.Column<decimal>(type: "numeric(12,4)", precision: 12, scale: 4, nullable: true),
                    amount = table.Column<decimal>(type: "numeric(18,2)", precision: 18, scale: 2, nullable: false),
                    currency = table.Column<string>(type: "character varying(3)", maxLength: 3, nullable: false),
                    tier = table.Column<string>(type: "character varying(80)", maxLength: 80, nullable: false),
                    source_id = table.Column<Guid>(type: "uuid", nullable: true),
                    bases = table.Column<string>(type: "jsonb", nullable: false),
                    arithmetic = table.Column<string>(type: "jsonb", nullable: false),
                    created_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false, defaultValueSql: "now()"),
                    updated_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false, defaultValueSql: "now()")
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_commissions", x => x.id);
                    table.CheckConstraint("ck_commissions_kind", "kind in ('order', 'override', 'bonus', 'clawback', 'correction')");
                    table.CheckConstraint("ck_commissions_source_id", "(kind in ('override', 'clawback')) <= (source_id is not null)");
                    table.ForeignKey(
                        name: "fk_commissions_commission_plan_versions_plan_version_id",
                        column: x => x.plan_version_id,
                        principalTable: "commission_plan_versions",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_commissions_commission_plans_plan_id",
                        column: x => x.plan_id,
                        principalTable: "commission_plans",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_commissions_commission_runs_run_id",
                        column: x => x.run_id,
                        principalTable: "commission_runs",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_commissions_commissions_source_id",
                        column: x => x.source_id,
                        principalTable: "commissions",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_commissions_orders_order_id",
                        column: x => x.order_id,
                        principalTable: "orders",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_commissions_sales_reps_sales_rep_id",
                        column: x => x.sales_rep_id,
                        principalTable: "sales_reps",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "commission_disputes",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    commission_id = table.Column<Guid>(type: "uuid", nullable: false),
                    sales_rep_id = table.Column<Guid>(type: "uuid", nullable: false),
                    question = table.Column<string>(type: "character varying(2000)", maxLength: 2000, nullable: false),
                    asked_by = table.Column<Guid>(type: "uuid", nullable: false),
                    status = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    answer = table.Column<string>(type: "character varying(2000)", maxLength: 2000, nullable: false),
                    answered_by = table.Column<Guid>(type: "uuid", nullable: true),
                    answered_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    correction_id = table.Column<Guid>(type: "uuid", nullable: true),
                    created_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false, defaultValueSql: "now()"),
                    xmin = table.Column<uint>(type: "xid", rowVersion: true, nullable: false),
                    updated_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false, defaultValueSql: "now()")
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_commission_disputes", x => x.id);
                    table.CheckConstraint("ck_commission_disputes_status", "status in ('open', 'answered', 'corrected')");
                    table.ForeignKey(
                        name: "fk_commission_disputes_commissions_commission_id",
                        column: x => x.commission_id,
                        principalTable: "commissions",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_commission_disputes_commissions_correction_id",
                        column: x => x.correction_id,
                        principalTable: "commissions",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_commission_disputes_sales_reps_sales_rep_id",
                        column: x => x.sales_rep_id,
                        principalTable: "sales_reps",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "commission_events",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    commission_id = table.Column<Guid>(type: "uuid", nullable: false),
                    step = table.Column<int>(type: "integer", nullable: false),
                    state = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    done_by = table.Column<Guid>(type: "uuid", nullable: false),
                    reason = table.Column<string>(type: "character varying(500)", maxLength: 500, nullable: false),
                    payout_id = table.Column<Guid>(type: "uuid", nullable: true),
                    created_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false, defaultValueSql: "now()"),
                    updated_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false, defaultValueSql: "now()")
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_commission_events", x => x.id);
                    table.CheckConstraint("ck_commission_events_payout_id", "(state = 'paid') = (payout_id is not null)");
                    table.CheckConstraint("ck_commission_events_reason", "(state = 'rejected') = (reason <> '')");
                    table.CheckConstraint("ck_commission_events_state", "state in ('pending', 'approved', 'payable', 'paid', 'rejected')");
                    table.ForeignKey(
                        name: "fk_commission_events_commission_payouts_payout_id",
                        column: x => x.payout_id,
                        principalTable: "commission_payouts",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_commission_events_commissions_commission_id",
                        column: x => x.commission_id,
                        principalTable: "commissions",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateIndex(
                name: "ix_commission_assignments_plan_id",
                table: "commission_assignments",
                column: "plan_id");

            migrationBuilder.CreateIndex(
                name: "ix_commission_assignments_sales_rep_id_valid_from",
                table: "commission_assignments",
                columns: new[] { "sales_rep_id", "valid_from" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_commission_disputes_commission_id",
                table: "commission_disputes",
                column: "commission_id");

            migrationBuilder.CreateIndex(
                name: "ix_commission_disputes_correction_id",
                table: "commission_disputes",
                column: "correction_id",
                filter: "correction_id is not null");

            migrationBuilder.CreateIndex(
                name: "ix_commission_disputes_open",
                table: "commission_disputes",
                column: "commission_id",
                unique: true,
                filter: "status = 'open'");

            migrationBuilder.CreateIndex(
                name: "ix_commission_disputes_sales_rep_id",
                table: "commission_disputes",
                column: "sales_rep_id");

            migrationBuilder.CreateIndex(
                name: "ix_commission_events_commission_id_step",
                table: "commission_events",
                columns: new[] { "commission_id", "step" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_commission_events_paid",
                table: "commission_events",
                column: "commission_id",
                unique: true,
                filter: "state = 'paid'");

            migrationBuilder.CreateIndex(
                name: "ix_commission_events_payout_id",
                table: "commission_events",
                column: "payout_id",
                filter: "payout_id is not null");

            migrationBuilder.CreateIndex(
                name: "ix_commission_payouts_number",
                table: "commission_payouts",
                column: "number",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_commission_payouts_period_start_reference",
                table: "commission_payouts",
                columns: new[] { "period_start", "reference" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_commission_plan_versions_draft",
                table: "commission_plan_versions",
                column: "plan_id",
                unique: true,
                filter: "status = 'draft'");

            migrationBuilder.CreateIndex(
                name: "ix_commission_plan_versions_plan_id_number",
                table: "commission_plan_versions",
                columns: new[] { "plan_id", "number" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_commission_plans_name",
                table: "commission_plans",
                column: "name",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_commission_runs_number",
                table: "commission_runs",
                column: "number",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_commissions_earned_on_id",
                table: "commissions",
                columns: new[] { "earned_on", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_commissions_order_id",
                table: "commissions",
                column: "order_id",
                filter: "order_id is not null");

            migrationBuilder.CreateIndex(
                name: "ix_commissions_period_start",
                table: "commissions",
                column: "period_start");

            migrationBuilder.CreateIndex(
                name: "ix_commissions_plan_id",
                table: "commissions",
                column: "plan_id");

            migrationBuilder.CreateIndex(
                name: "ix_commissions_plan_version_id",
                table: "commissions",
                column: "plan_version_id");

            migrationBuilder.CreateIndex(
                name: "ix_commissions_run_id",
                table: "commissions",
                column: "run_id");

            migrationBuilder.CreateIndex(
                name: "ix_commissions_sales_rep_id_earned_on_id",
                table: "commissions",
                columns: new[] { "sales_rep_id", "earned_on", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_commissions_source_id",
                table: "commissions",
                column: "source_id",
                filter: "source_id is not null");

            migrationBuilder.CreateIndex(
                name: "ix_order_shares_order_id_sales_rep_id",
                table: "order_shares",
                columns: new[] { "order_id", "sales_rep_id" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_order_shares_sales_rep_id",
                table: "order_shares",
                column: "sales_rep_id");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "commission_assignments");

            migrationBuilder.DropTable(
                name: "commission_disputes");

            migrationBuilder.DropTable(
                name: "commission_events");

            migrationBuilder.DropTable(
                name: "order_shares");

            migrationBuilder.DropTable(
                name: "commission_payouts");

            migrationBuilder.DropTable(
                name: "commissions");

            migrationBuilder.DropTable(
                name: "commission_plan_versions");

            migrationBuilder.DropTable(
                name: "commission_runs");

            migrationBuilder.DropTable(
                name: "commission_plans");
        }
    }
}
