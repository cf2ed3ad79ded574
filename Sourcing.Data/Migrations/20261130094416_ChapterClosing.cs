using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Sourcing.Data.Migrations
{
    /// <inheritdoc />
    public partial class ChapterClosing : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "monthly_reports",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    chapter_id = table.Column<Guid>(type: "uuid", nullable: false),
                    period = table.Column<DateOnly>(type: "date", nullable: false),
                    status = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    revision = table.Column<int>(type: "integer", nullable: false),
                    total_referrals = table.Column<int>(type: "integer", nullable: false),
                    total_tyfcb = table.Column<decimal>(type: "numeric(18,2)", precision: 18, scale: 2, nullable: false),
                    attendance_rate = table.Column<decimal>(type: "numeric(5,2)", precision: 5, scale: 2, nullable: true),
                    metadata = table.Column<string>(type: "jsonb", nullable: false),
                    closed_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    closed_by_id = table.Column<Guid>(type: "uuid", nullable: false),
                    reopened_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    reopened_by_id = table.Column<Guid>(type: "uuid", nullable: true),
                    reopen_reason = table.Column<string>(type: "character varying(400)", maxLength: 400, nullable: false),
                    xmin = table.Column<uint>(type: "xid", rowVersion: true, nullable: false),
                    created_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false, defaultValueSql: "now()"),
                    updated_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false, defaultValueSql: "now()")
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_monthly_reports", x => x.id);
                    table.CheckConstraint("ck_monthly_reports_attendance_rate", "attendance_rate between 0 and 100");
                    table.CheckConstraint("ck_monthly_reports_metadata", "jsonb_typeof(metadata) = 'object'");
                    table.CheckConstraint("ck_monthly_reports_period", "extract(day from period) = 1");
                    table.CheckConstraint("ck_monthly_reports_reopened", "(status = 'open') = (reopened_at is not null and reopened_by_id is not null and reopen_reason <> '')");
                    table.CheckConstraint("ck_monthly_reports_revision", "revision >= 1");
                    table.CheckConstraint("ck_monthly_reports_status", "status in ('open', 'closed')");
                    table.CheckConstraint("ck_monthly_reports_totals", "total_referrals >= 0 and total_tyfcb >= 0");
                    table.ForeignKey(
                        name: "fk_monthly_reports_chapters_chapter_id",
                        column: x => x.chapter_id,
                        principalTable: "chapters",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_monthly_reports_users_closed_by_id",
                        column: x => x.closed_by_id,
                        principalTable: "users",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_monthly_reports_users_reopened_by_id",
                        column: x => x.reopened_by_id,
                        principalTable: "users",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "report_revisions",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    report_id = table.Column<Guid>(type: "uuid", nullable: false),
                    chapter_id = table.Column<Guid>(type: "uuid", nullable: false),
                    period = table.Column<DateOnly>(type: "date", nullable: false),
                    revision = table.Column<int>(type: "integer", nullable: false),
                    act = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    actor_id = table.Column<Guid>(type: "uuid", nullable: false),
                    reason = table.Column<string>(type: "character varying(400)", maxLength: 400, nullable: false),
                    figures = table.Column<string>(type: "jsonb", nullable: true),
                    differences = table.Column<string>(type: "jsonb", nullable: false),
                    facts = table.Column<string>(type: "jsonb", nullable: true),
                    marks = table.Column<string>(type: "jsonb", nullable: true),
                    created_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false, defaultValueSql: "now()"),
                    updated_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false, defaultValueSql: "now()")
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_report_revisions", x => x.id);
                    table.CheckConstraint("ck_report_revisions_act", "act in ('closed', 'reopened')");
                    table.CheckConstraint("ck_report_revisions_reason", "(act = 'reopened') = (reason <> '')");
                    table.CheckConstraint("ck_report_revisions_revision", "revision >= 1");
                    table.CheckConstraint("ck_report_revisions_snapshot", "(act = 'closed') = (figures is not null and facts is not null and marks is not null)");
                    table.ForeignKey(
                        name: "fk_report_revisions_chapters_chapter_id",
                        column: x => x.chapter_id,
                        principalTable: "chapters",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_report_revisions_monthly_reports_report_id",
                        column: x => x.report_id,
                        principalTable: "monthly_reports",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_report_revisions_users_actor_id",
                        column: x => x.actor_id,
                        principalTable: "users",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateIndex(
                name: "ix_monthly_reports_chapter_id_period",
                table: "monthly_reports",
                columns: new[] { "chapter_id", "period" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_monthly_reports_closed_by_id",
                table: "monthly_reports",
                column: "closed_by_id");

            migrationBuilder.CreateIndex(
                name: "ix_monthly_reports_reopened_by_id",
                table: "monthly_reports",
                column: "reopened_by_id");

            migrationBuilder.CreateIndex(
                name: "ix_report_revisions_actor_id",
                table: "report_revisions",
                column: "actor_id");

            migrationBuilder.CreateIndex(
                name: "ix_report_revisions_chapter_id",
                table: "report_revisions",
                column: "chapter_id");

            migrationBuilder.CreateIndex(
                name: "ix_report_revisions_report_id_revision_act",
                table: "report_revisions",
                columns: new[] { "report_id", "revision", "act" },
                unique: true);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "report_revisions");

            migrationBuilder.DropTable(
                name: "monthly_reports");
        }
    }
}
