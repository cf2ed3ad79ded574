using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Sourcing.Data.Migrations
{
    /// <inheritdoc />
    public partial class ChaptersInFull : Migration
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

            migrationBuilder.AddColumn<Guid>(
                name: "import_batch_id",
                table: "visitors",
                type: "uuid",
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "import_row",
                table: "visitors",
                type: "integer",
                nullable: true);

            migrationBuilder.AddColumn<Guid>(
                name: "import_batch_id",
                table: "referrals",
                type: "uuid",
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "import_row",
                table: "referrals",
                type: "integer",
                nullable: true);

            migrationBuilder.AddColumn<Guid>(
                name: "import_batch_id",
                table: "one_to_ones",
                type: "uuid",
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "import_row",
                table: "one_to_ones",
                type: "integer",
                nullable: true);

            migrationBuilder.AddColumn<Guid>(
                name: "import_batch_id",
                table: "education_units",
                type: "uuid",
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "import_row",
                table: "education_units",
                type: "integer",
                nullable: true);

            migrationBuilder.AddColumn<Guid>(
                name: "import_batch_id",
                table: "closed_business",
                type: "uuid",
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "import_row",
                table: "closed_business",
                type: "integer",
                nullable: true);

            migrationBuilder.AddColumn<Guid>(
                name: "import_batch_id",
                table: "attendances",
                type: "uuid",
                nullable: true);

            migrationBuilder.CreateTable(
                name: "chapter_alert_rules",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    late = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    review_absences = table.Column<int>(type: "integer", nullable: false),
                    review_substitutes = table.Column<int>(type: "integer", nullable: true),
                    warns_before = table.Column<bool>(type: "boolean", nullable: false),
                    substitutes_without_absence = table.Column<int>(type: "integer", nullable: true),
                    substitutes_with_absence = table.Column<int>(type: "integer", nullable: true),
                    xmin = table.Column<uint>(type: "xid", rowVersion: true, nullable: false),
                    created_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false, defaultValueSql: "now()"),
                    updated_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false, defaultValueSql: "now()")
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_chapter_alert_rules", x => x.id);
                    table.CheckConstraint("ck_chapter_alert_rules_caps", "coalesce(substitutes_without_absence, 0) between 0 and 50 and coalesce(substitutes_with_absence, 0) between 0 and 50");
                    table.CheckConstraint("ck_chapter_alert_rules_late", "late in ('ignored', 'three_are_one', 'half')");
                    table.CheckConstraint("ck_chapter_alert_rules_reviews", "review_absences between 1 and 50 and coalesce(review_substitutes, 1) between 1 and 50");
                    table.ForeignKey(
                        name: "fk_chapter_alert_rules_chapters_id",
                        column: x => x.id,
                        principalTable: "chapters",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "chapter_import_batches",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    chapter_id = table.Column<Guid>(type: "uuid", nullable: false),
                    kind = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    file_name = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false),
                    sha256 = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false),
                    status = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    chosen_first = table.Column<DateOnly>(type: "date", nullable: true),
                    chosen_last = table.Column<DateOnly>(type: "date", nullable: true),
                    period_first = table.Column<DateOnly>(type: "date", nullable: true),
                    period_last = table.Column<DateOnly>(type: "date", nullable: true),
                    scope = table.Column<string>(type: "character varying(80)", maxLength: 80, nullable: false),
                    meeting_id = table.Column<Guid>(type: "uuid", nullable: true),
                    rows = table.Column<int>(type: "integer", nullable: false),
                    taken = table.Column<int>(type: "integer", nullable: false),
                    left_out = table.Column<int>(type: "integer", nullable: false),
                    replaces_id = table.Column<Guid>(type: "uuid", nullable: true),
                    uploaded_by = table.Column<Guid>(type: "uuid", nullable: false),
                    created_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false, defaultValueSql: "now()"),
                    applied_by = table.Column<Guid>(type: "uuid", nullable: true),
                    applied_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    ended_by = table.Column<Guid>(type: "uuid", nullable: true),
                    ended_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    trace = table.Column<string>(type: "jsonb", nullable: false),
                    xmin = table.Column<uint>(type: "xid", rowVersion: true, nullable: false),
                    updated_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false, defaultValueSql: "now()")
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_chapter_import_batches", x => x.id);
                    table.CheckConstraint("ck_chapter_import_batches_chosen", "(chosen_first is null) = (chosen_last is null) and chosen_last >= chosen_first is not false");
                    table.CheckConstraint("ck_chapter_import_batches_counts", "rows >= 0 and taken >= 0 and left_out >= 0");
                    table.CheckConstraint("ck_chapter_import_batches_kind", "kind in ('slips_audit', 'slips_audit_headed', 'palms_summary', 'palms_attendance', 'region_summary', 'sponsors', 'visitor_registration')");
                    table.CheckConstraint("ck_chapter_import_batches_period", "(period_first is null) = (period_last is null) and period_last >= period_first is not false");
                    table.CheckConstraint("ck_chapter_import_batches_sha256", "sha256 ~ '^[0-9a-f]{64}$'");
                    table.CheckConstraint("ck_chapter_import_batches_status", "status in ('staged', 'applied', 'replaced', 'undone', 'discarded')");
                    table.CheckConstraint("ck_chapter_import_batches_trace", "jsonb_typeof(trace) = 'object'");
                    table.ForeignKey(
                        name: "fk_chapter_import_batches_chapter_import_batches_replaces_id",
                        column: x => x.replaces_id,
                        principalTable: "chapter_import_batches",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_chapter_import_batches_chapters_chapter_id",
                        column: x => x.chapter_id,
                        principalTable: "chapters",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_chapter_import_batches_meetings_meeting_id",
                        column: x => x.meeting_id,
                        principalTable: "meetings",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_chapter_import_batches_users_applied_by",
                        column: x => x.applied_by,
                        principalTable: "users",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_chapter_import_batches_users_ended_by",
                        column: x => x.ended_by,
                        principalTable: "users",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_chapter_import_batches_users_uploaded_by",
                        column: x => x.uploaded_by,
                        principalTable: "users",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

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

            migrationBuilder.CreateTable(
                name: "member_committee_notes",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    chapter_id = table.Column<Guid>(type: "uuid", nullable: false),
                    member_id = table.Column<Guid>(type: "uuid", nullable: false),
                    author_id = table.Column<Guid>(type: "uuid", nullable: false),
                    text = table.Column<string>(type: "character varying(2000)", maxLength: 2000, nullable: false),
                    created_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false, defaultValueSql: "now()"),
                    updated_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false, defaultValueSql: "now()")
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_member_committee_notes", x => x.id);
                    table.CheckConstraint("ck_member_committee_notes_text", "btrim(text) <> ''");
                    table.ForeignKey(
                        name: "fk_member_committee_notes_chapters_chapter_id",
                        column: x => x.chapter_id,
                        principalTable: "chapters",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_member_committee_notes_members_member_id",
                        column: x => x.member_id,
                        principalTable: "members",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_member_committee_notes_users_author_id",
                        column: x => x.author_id,
                        principalTable: "users",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

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
                name: "score_schemes",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    chapter_id = table.Column<Guid>(type: "uuid", nullable: true),
                    key = table.Column<string>(type: "character varying(80)", maxLength: 80, nullable: false),
                    name = table.Column<string>(type: "character varying(80)", maxLength: 80, nullable: false),
                    number = table.Column<int>(type: "integer", nullable: false),
                    green = table.Column<decimal>(type: "numeric(18,4)", precision: 18, scale: 4, nullable: false),
                    yellow = table.Column<decimal>(type: "numeric(18,4)", precision: 18, scale: 4, nullable: false),
                    red = table.Column<decimal>(type: "numeric(18,4)", precision: 18, scale: 4, nullable: false),
                    rules = table.Column<string>(type: "jsonb", nullable: false),
                    status = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    activated_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    activated_by = table.Column<Guid>(type: "uuid", nullable: true),
                    xmin = table.Column<uint>(type: "xid", rowVersion: true, nullable: false),
                    created_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false, defaultValueSql: "now()"),
                    updated_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false, defaultValueSql: "now()")
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_score_schemes", x => x.id);
                    table.CheckConstraint("ck_score_schemes_activated_at", "(status = 'draft') = (activated_at is null)");
                    table.CheckConstraint("ck_score_schemes_bands", "status = 'draft' or (green > yellow and yellow > red and red > 0)");
                    table.CheckConstraint("ck_score_schemes_key", "key ~ '^[a-z0-9]+(-[a-z0-9]+)*$'");
                    table.CheckConstraint("ck_score_schemes_name", "btrim(name) <> ''");
                    table.CheckConstraint("ck_score_schemes_number", "number >= 1");
                    table.CheckConstraint("ck_score_schemes_rules", "jsonb_typeof(rules) = 'array'");
                    table.CheckConstraint("ck_score_schemes_status", "status in ('draft', 'active', 'retired')");
                    table.ForeignKey(
                        name: "fk_score_schemes_chapters_chapter_id",
                        column: x => x.chapter_id,
                        principalTable: "chapters",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_score_schemes_users_activated_by",
                        column: x => x.activated_by,
                        principalTable: "users",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "chapter_import_files",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    chapter_id = table.Column<Guid>(type: "uuid", nullable: false),
                    content = table.Column<byte[]>(type: "bytea", nullable: false),
                    created_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false, defaultValueSql: "now()"),
                    updated_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false, defaultValueSql: "now()")
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_chapter_import_files", x => x.id);
                    table.ForeignKey(
                        name: "fk_chapter_import_files_chapter_import_batches_id",
                        column: x => x.id,
                        principalTable: "chapter_import_batches",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_chapter_import_files_chapters_chapter_id",
                        column: x => x.chapter_id,
                        principalTable: "chapters",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "chapter_reported_lines",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    batch_id = table.Column<Guid>(type: "uuid", nullable: false),
                    chapter_id = table.Column<Guid>(type: "uuid", nullable: false),
                    member_id = table.Column<Guid>(type: "uuid", nullable: false),
                    row = table.Column<int>(type: "integer", nullable: false),
                    figures = table.Column<string>(type: "jsonb", nullable: false),
                    created_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false, defaultValueSql: "now()"),
                    updated_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false, defaultValueSql: "now()")
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_chapter_reported_lines", x => x.id);
                    table.CheckConstraint("ck_chapter_reported_lines_figures", "jsonb_typeof(figures) = 'object'");
                    table.ForeignKey(
                        name: "fk_chapter_reported_lines_chapter_import_batches_batch_id",
                        column: x => x.batch_id,
                        principalTable: "chapter_import_batches",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_chapter_reported_lines_chapters_chapter_id",
                        column: x => x.chapter_id,
                        principalTable: "chapters",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_chapter_reported_lines_members_member_id",
                        column: x => x.member_id,
                        principalTable: "members",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "chapter_row_issues",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    batch_id = table.Column<Guid>(type: "uuid", nullable: false),
                    chapter_id = table.Column<Guid>(type: "uuid", nullable: false),
                    code = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    row = table.Column<int>(type: "integer", nullable: true),
                    column = table.Column<string>(type: "character varying(400)", maxLength: 400, nullable: false),
                    value = table.Column<string>(type: "character varying(400)", maxLength: 400, nullable: false),
                    message = table.Column<string>(type: "text", nullable: false),
                    fix = table.Column<string>(type: "text", nullable: false),
                    status = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    answer = table.Column<string>(type: "jsonb", nullable: true),
                    answered_by = table.Column<Guid>(type: "uuid", nullable: true),
                    answered_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    created_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false, defaultValueSql: "now()"),
                    updated_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false, defaultValueSql: "now()")
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_chapter_row_issues", x => x.id);
                    table.CheckConstraint("ck_chapter_row_issues_code", "code in ('file_type', 'file_size', 'file_empty', 'xml_bad', 'header_missing', 'wrong_report', 'period_missing', 'period_ambiguous', 'period_closed', 'duplicate_file', 'chapter_mismatch', 'date_weekday', 'slip_type', 'name_missing', 'name_is_number', 'self_slip', 'tier', 'name_unknown', 'name_ambiguous', 'amount', 'credits', 'both_external', 'possible_double', 'code_unknown', 'date_header', 'bold_lost', 'period_overlap')");
                    table.CheckConstraint("ck_chapter_row_issues_status", "status in ('open', 'answered', 'ignored')");
                    table.ForeignKey(
                        name: "fk_chapter_row_issues_chapter_import_batches_batch_id",
                        column: x => x.batch_id,
                        principalTable: "chapter_import_batches",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_chapter_row_issues_chapters_chapter_id",
                        column: x => x.chapter_id,
                        principalTable: "chapters",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_chapter_row_issues_users_answered_by",
                        column: x => x.answered_by,
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

            migrationBuilder.CreateTable(
                name: "chapter_scheme_choices",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    chapter_id = table.Column<Guid>(type: "uuid", nullable: true),
                    scheme_id = table.Column<Guid>(type: "uuid", nullable: false),
                    from_month = table.Column<DateOnly>(type: "date", nullable: false),
                    chosen_by = table.Column<Guid>(type: "uuid", nullable: true),
                    xmin = table.Column<uint>(type: "xid", rowVersion: true, nullable: false),
                    created_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false, defaultValueSql: "now()"),
                    updated_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false, defaultValueSql: "now()")
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_chapter_scheme_choices", x => x.id);
                    table.CheckConstraint("ck_chapter_scheme_choices_from_month", "extract(day from from_month) = 1");
                    table.ForeignKey(
                        name: "fk_chapter_scheme_choices_chapters_chapter_id",
                        column: x => x.chapter_id,
                        principalTable: "chapters",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_chapter_scheme_choices_score_schemes_scheme_id",
                        column: x => x.scheme_id,
                        principalTable: "score_schemes",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_chapter_scheme_choices_users_chosen_by",
                        column: x => x.chosen_by,
                        principalTable: "users",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "member_scores",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    chapter_id = table.Column<Guid>(type: "uuid", nullable: false),
                    member_id = table.Column<Guid>(type: "uuid", nullable: false),
                    window_end = table.Column<DateOnly>(type: "date", nullable: false),
                    scheme_id = table.Column<Guid>(type: "uuid", nullable: false),
                    points = table.Column<decimal>(type: "numeric(18,4)", precision: 18, scale: 4, nullable: false),
                    band = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    lines = table.Column<string>(type: "jsonb", nullable: false),
                    created_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false, defaultValueSql: "now()"),
                    updated_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false, defaultValueSql: "now()")
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_member_scores", x => x.id);
                    table.CheckConstraint("ck_member_scores_band", "band in ('grey', 'red', 'yellow', 'green')");
                    table.CheckConstraint("ck_member_scores_points", "points >= 0");
                    table.CheckConstraint("ck_member_scores_window_end", "extract(day from window_end + 1) = 1");
                    table.ForeignKey(
                        name: "fk_member_scores_chapters_chapter_id",
                        column: x => x.chapter_id,
                        principalTable: "chapters",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_member_scores_members_member_id",
                        column: x => x.member_id,
                        principalTable: "members",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_member_scores_score_schemes_scheme_id",
                        column: x => x.scheme_id,
                        principalTable: "score_schemes",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateIndex(
                name: "ix_visitors_import_batch_id",
                table: "visitors",
                column: "import_batch_id");

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
                name: "ix_referrals_import_batch_id",
                table: "referrals",
                column: "import_batch_id");

            migrationBuilder.CreateIndex(
                name: "ix_one_to_ones_import_batch_id",
                table: "one_to_ones",
                column: "import_batch_id");

            migrationBuilder.CreateIndex(
                name: "ix_education_units_import_batch_id",
                table: "education_units",
                column: "import_batch_id");

            migrationBuilder.CreateIndex(
                name: "ix_closed_business_import_batch_id",
                table: "closed_business",
                column: "import_batch_id");

            migrationBuilder.CreateIndex(
                name: "ix_attendances_import_batch_id",
                table: "attendances",
                column: "import_batch_id");

            migrationBuilder.CreateIndex(
                name: "ix_chapter_import_batches_applied_by",
                table: "chapter_import_batches",
                column: "applied_by");

            migrationBuilder.CreateIndex(
                name: "ix_chapter_import_batches_chapter_id",
                table: "chapter_import_batches",
                column: "chapter_id");

            migrationBuilder.CreateIndex(
                name: "ix_chapter_import_batches_chapter_id_scope",
                table: "chapter_import_batches",
                columns: new[] { "chapter_id", "scope" },
                unique: true,
                filter: "status = 'applied'");

            migrationBuilder.CreateIndex(
                name: "ix_chapter_import_batches_ended_by",
                table: "chapter_import_batches",
                column: "ended_by");

            migrationBuilder.CreateIndex(
                name: "ix_chapter_import_batches_meeting_id",
                table: "chapter_import_batches",
                column: "meeting_id");

            migrationBuilder.CreateIndex(
                name: "ix_chapter_import_batches_replaces_id",
                table: "chapter_import_batches",
                column: "replaces_id");

            migrationBuilder.CreateIndex(
                name: "ix_chapter_import_batches_uploaded_by",
                table: "chapter_import_batches",
                column: "uploaded_by");

            migrationBuilder.CreateIndex(
                name: "ix_chapter_import_files_chapter_id",
                table: "chapter_import_files",
                column: "chapter_id");

            migrationBuilder.CreateIndex(
                name: "ix_chapter_reported_lines_batch_id",
                table: "chapter_reported_lines",
                column: "batch_id");

            migrationBuilder.CreateIndex(
                name: "ix_chapter_reported_lines_chapter_id",
                table: "chapter_reported_lines",
                column: "chapter_id");

            migrationBuilder.CreateIndex(
                name: "ix_chapter_reported_lines_member_id",
                table: "chapter_reported_lines",
                column: "member_id");

            migrationBuilder.CreateIndex(
                name: "ix_chapter_row_issues_answered_by",
                table: "chapter_row_issues",
                column: "answered_by");

            migrationBuilder.CreateIndex(
                name: "ix_chapter_row_issues_batch_id",
                table: "chapter_row_issues",
                column: "batch_id");

            migrationBuilder.CreateIndex(
                name: "ix_chapter_row_issues_chapter_id",
                table: "chapter_row_issues",
                column: "chapter_id");

            migrationBuilder.CreateIndex(
                name: "ix_chapter_scheme_choices_chapter_id_from_month",
                table: "chapter_scheme_choices",
                columns: new[] { "chapter_id", "from_month" },
                unique: true)
                .Annotation("Npgsql:NullsDistinct", false);

            migrationBuilder.CreateIndex(
                name: "ix_chapter_scheme_choices_chosen_by",
                table: "chapter_scheme_choices",
                column: "chosen_by");

            migrationBuilder.CreateIndex(
                name: "ix_chapter_scheme_choices_scheme_id",
                table: "chapter_scheme_choices",
                column: "scheme_id");

            migrationBuilder.CreateIndex(
                name: "ix_last_contacts_customer_id",
                table: "last_contacts",
                column: "customer_id");

            migrationBuilder.CreateIndex(
                name: "ix_member_committee_notes_author_id",
                table: "member_committee_notes",
                column: "author_id");

            migrationBuilder.CreateIndex(
                name: "ix_member_committee_notes_chapter_id",
                table: "member_committee_notes",
                column: "chapter_id");

            migrationBuilder.CreateIndex(
                name: "ix_member_committee_notes_member_id",
                table: "member_committee_notes",
                column: "member_id");

            migrationBuilder.CreateIndex(
                name: "ix_member_scores_chapter_id_window_end",
                table: "member_scores",
                columns: new[] { "chapter_id", "window_end" });

            migrationBuilder.CreateIndex(
                name: "ix_member_scores_member_id_window_end_scheme_id",
                table: "member_scores",
                columns: new[] { "member_id", "window_end", "scheme_id" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_member_scores_scheme_id",
                table: "member_scores",
                column: "scheme_id");

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

            migrationBuilder.CreateIndex(
                name: "ix_score_schemes_activated_by",
                table: "score_schemes",
                column: "activated_by");

            migrationBuilder.CreateIndex(
                name: "ix_score_schemes_chapter_id_key_number",
                table: "score_schemes",
                columns: new[] { "chapter_id", "key", "number" },
                unique: true)
                .Annotation("Npgsql:NullsDistinct", false);

            migrationBuilder.AddForeignKey(
                name: "fk_attendances_chapter_import_batches_import_batch_id",
                table: "attendances",
                column: "import_batch_id",
                principalTable: "chapter_import_batches",
                principalColumn: "id",
                onDelete: ReferentialAction.Restrict);

            migrationBuilder.AddForeignKey(
                name: "fk_closed_business_chapter_import_batches_import_batch_id",
                table: "closed_business",
                column: "import_batch_id",
                principalTable: "chapter_import_batches",
                principalColumn: "id",
                onDelete: ReferentialAction.Restrict);

            migrationBuilder.AddForeignKey(
                name: "fk_education_units_chapter_import_batches_import_batch_id",
                table: "education_units",
                column: "import_batch_id",
                principalTable: "chapter_import_batches",
                principalColumn: "id",
                onDelete: ReferentialAction.Restrict);

            migrationBuilder.AddForeignKey(
                name: "fk_one_to_ones_chapter_import_batches_import_batch_id",
                table: "one_to_ones",
                column: "import_batch_id",
                principalTable: "chapter_import_batches",
                principalColumn: "id",
                onDelete: ReferentialAction.Restrict);

            migrationBuilder.AddForeignKey(
                name: "fk_referrals_chapter_import_batches_import_batch_id",
                table: "referrals",
                column: "import_batch_id",
                principalTable: "chapter_import_batches",
                principalColumn: "id",
                onDelete: ReferentialAction.Restrict);

            migrationBuilder.AddForeignKey(
                name: "fk_visitors_chapter_import_batches_import_batch_id",
                table: "visitors",
                column: "import_batch_id",
                principalTable: "chapter_import_batches",
                principalColumn: "id",
                onDelete: ReferentialAction.Restrict);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropForeignKey(
                name: "fk_attendances_chapter_import_batches_import_batch_id",
                table: "attendances");

            migrationBuilder.DropForeignKey(
                name: "fk_closed_business_chapter_import_batches_import_batch_id",
                table: "closed_business");

            migrationBuilder.DropForeignKey(
                name: "fk_education_units_chapter_import_batches_import_batch_id",
                table: "education_units");

            migrationBuilder.DropForeignKey(
                name: "fk_one_to_ones_chapter_import_batches_import_batch_id",
                table: "one_to_ones");

            migrationBuilder.DropForeignKey(
                name: "fk_referrals_chapter_import_batches_import_batch_id",
                table: "referrals");

            migrationBuilder.DropForeignKey(
                name: "fk_visitors_chapter_import_batches_import_batch_id",
                table: "visitors");

            migrationBuilder.DropTable(
                name: "chapter_alert_rules");

            migrationBuilder.DropTable(
                name: "chapter_import_files");

            migrationBuilder.DropTable(
                name: "chapter_reported_lines");

            migrationBuilder.DropTable(
                name: "chapter_row_issues");

            migrationBuilder.DropTable(
                name: "chapter_scheme_choices");

            migrationBuilder.DropTable(
                name: "last_contacts");

            migrationBuilder.DropTable(
                name: "member_committee_notes");

            migrationBuilder.DropTable(
                name: "member_scores");

            migrationBuilder.DropTable(
                name: "report_revisions");

            migrationBuilder.DropTable(
                name: "chapter_import_batches");

            migrationBuilder.DropTable(
                name: "score_schemes");

            migrationBuilder.DropTable(
                name: "monthly_reports");

            migrationBuilder.DropIndex(
                name: "ix_visitors_import_batch_id",
                table: "visitors");

            migrationBuilder.DropIndex(
                name: "ix_sales_notes_sales_rep_id_done_at",
                table: "sales_notes");

            migrationBuilder.DropIndex(
                name: "ix_sales_notes_sales_rep_id_occurred_at_id",
                table: "sales_notes");

            migrationBuilder.DropIndex(
                name: "ix_referrals_import_batch_id",
                table: "referrals");

            migrationBuilder.DropIndex(
                name: "ix_one_to_ones_import_batch_id",
                table: "one_to_ones");

            migrationBuilder.DropIndex(
                name: "ix_education_units_import_batch_id",
                table: "education_units");

            migrationBuilder.DropIndex(
                name: "ix_closed_business_import_batch_id",
                table: "closed_business");

            migrationBuilder.DropIndex(
                name: "ix_attendances_import_batch_id",
                table: "attendances");

            migrationBuilder.DropColumn(
                name: "import_batch_id",
                table: "visitors");

            migrationBuilder.DropColumn(
                name: "import_row",
                table: "visitors");

            migrationBuilder.DropColumn(
                name: "import_batch_id",
                table: "referrals");

            migrationBuilder.DropColumn(
                name: "import_row",
                table: "referrals");

            migrationBuilder.DropColumn(
                name: "import_batch_id",
                table: "one_to_ones");

            migrationBuilder.DropColumn(
                name: "import_row",
                table: "one_to_ones");

            migrationBuilder.DropColumn(
                name: "import_batch_id",
                table: "education_units");

            migrationBuilder.DropColumn(
                name: "import_row",
                table: "education_units");

            migrationBuilder.DropColumn(
                name: "import_batch_id",
                table: "closed_business");

            migrationBuilder.DropColumn(
                name: "import_row",
                table: "closed_business");

            migrationBuilder.DropColumn(
                name: "import_batch_id",
                table: "attendances");

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
