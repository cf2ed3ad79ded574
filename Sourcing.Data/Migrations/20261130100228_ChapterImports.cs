using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Sourcing.Data.Migrations
{
    /// <inheritdoc />
    public partial class ChapterImports : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
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

            migrationBuilder.CreateIndex(
                name: "ix_visitors_import_batch_id",
                table: "visitors",
                column: "import_batch_id");

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
                name: "chapter_import_files");

            migrationBuilder.DropTable(
                name: "chapter_reported_lines");

            migrationBuilder.DropTable(
                name: "chapter_row_issues");

            migrationBuilder.DropTable(
                name: "chapter_import_batches");

            migrationBuilder.DropIndex(
                name: "ix_visitors_import_batch_id",
                table: "visitors");

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
        }
    }
}
