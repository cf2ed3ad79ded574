using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Sourcing.Data.Migrations
{
    /// <inheritdoc />
    public partial class CommissionSpeed : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropForeignKey(
                name: "fk_commissions_commission_plan_versions_plan_version_id",
                table: "commissions");

            migrationBuilder.DropForeignKey(
                name: "fk_commissions_commission_plans_plan_id",
                table: "commissions");

            migrationBuilder.DropForeignKey(
                name: "fk_commissions_commission_runs_run_id",
                table: "commissions");

            migrationBuilder.DropForeignKey(
                name: "fk_commissions_commissions_source_id",
                table: "commissions");

            migrationBuilder.DropForeignKey(
                name: "fk_commissions_orders_order_id",
                table: "commissions");

            migrationBuilder.DropForeignKey(
                name: "fk_commissions_sales_reps_sales_rep_id",
                table: "commissions");

            migrationBuilder.DropIndex(
                name: "ix_sales_notes_sales_rep_id_done_at",
                table: "sales_notes");

            migrationBuilder.DropIndex(
                name: "ix_sales_notes_sales_rep_id_occurred_at_id",
                table: "sales_notes");

            migrationBuilder.DropIndex(
                name: "ix_commissions_period_start",
                table: "commissions");

            migrationBuilder.DropIndex(
                name: "ix_commissions_plan_id",
                table: "commissions");

            migrationBuilder.DropIndex(
                name: "ix_commissions_plan_version_id",
                table: "commissions");

            migrationBuilder.DropIndex(
                name: "ix_commissions_run_id",
                table: "commissions");

            migrationBuilder.CreateTable(
                name: "last_contacts",
                columns: table => new
                {
                    customer_id = table.Column<Guid>(type: "uuid", nullable: false),
                    sales_rep_id = table.Column<Guid>(type: "uuid", nullable: false),
                    occurred_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    created_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false, defaultValueSql: "now()"),
                    updated_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false, defaultValueSql: "now()")
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_last_contacts", x => new { x.sales_rep_id, x.customer_id });
                });

            migrationBuilder.CreateIndex(
                name: "ix_sales_notes_sales_rep_id_done_at",
                table: "sales_notes",
                columns: new[] { "sales_rep_id", "done_at" },
                filter: "done_at is not null and deleted_at is null")
                .Annotation("Npgsql:IndexInclude", new[] { "first_due_on" });

            migrationBuilder.CreateIndex(
                name: "ix_sales_notes_sales_rep_id_occurred_at_id",
                table: "sales_notes",
                columns: new[] { "sales_rep_id", "occurred_at", "id" },
                filter: "deleted_at is null")
                .Annotation("Npgsql:IndexInclude", new[] { "kind", "duration_seconds" });

            migrationBuilder.CreateIndex(
                name: "ix_last_contacts_customer_id",
                table: "last_contacts",
                column: "customer_id");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "last_contacts");

            migrationBuilder.DropIndex(
                name: "ix_sales_notes_sales_rep_id_done_at",
                table: "sales_notes");

            migrationBuilder.DropIndex(
                name: "ix_sales_notes_sales_rep_id_occurred_at_id",
                table: "sales_notes");

            migrationBuilder.CreateIndex(
                name: "ix_sales_notes_sales_rep_id_done_at",
                table: "sales_notes",
                columns: new[] { "sales_rep_id", "done_at" },
                filter: "done_at is not null and deleted_at is null");

            migrationBuilder.CreateIndex(
                name: "ix_sales_notes_sales_rep_id_occurred_at_id",
                table: "sales_notes",
                columns: new[] { "sales_rep_id", "occurred_at", "id" },
                filter: "deleted_at is null");

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

            migrationBuilder.AddForeignKey(
                name: "fk_commissions_commission_plan_versions_plan_version_id",
                table: "commissions",
                column: "plan_version_id",
                principalTable: "commission_plan_versions",
                principalColumn: "id",
                onDelete: ReferentialAction.Restrict);

            migrationBuilder.AddForeignKey(
                name: "fk_commissions_commission_plans_plan_id",
                table: "commissions",
                column: "plan_id",
                principalTable: "commission_plans",
                principalColumn: "id",
                onDelete: ReferentialAction.Restrict);

            migrationBuilder.AddForeignKey(
                name: "fk_commissions_commission_runs_run_id",
                table: "commissions",
                column: "run_id",
                principalTable: "commission_runs",
                principalColumn: "id",
                onDelete: ReferentialAction.Restrict);

            migrationBuilder.AddForeignKey(
                name: "fk_commissions_commissions_source_id",
                table: "commissions",
                column: "source_id",
                principalTable: "commissions",
                principalColumn: "id",
                onDelete: ReferentialAction.Restrict);

            migrationBuilder.AddForeignKey(
                name: "fk_commissions_orders_order_id",
                table: "commissions",
                column: "order_id",
                principalTable: "orders",
                principalColumn: "id",
                onDelete: ReferentialAction.Restrict);

            migrationBuilder.AddForeignKey(
                name: "fk_commissions_sales_reps_sales_rep_id",
                table: "commissions",
                column: "sales_rep_id",
                principalTable: "sales_reps",
                principalColumn: "id",
                onDelete: ReferentialAction.Restrict);
        }
    }
}
