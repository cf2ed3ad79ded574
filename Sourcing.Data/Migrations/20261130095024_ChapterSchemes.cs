using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Sourcing.Data.Migrations
{
    /// <inheritdoc />
    public partial class ChapterSchemes : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
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
                name: "ix_score_schemes_activated_by",
                table: "score_schemes",
                column: "activated_by");

            migrationBuilder.CreateIndex(
                name: "ix_score_schemes_chapter_id_key_number",
                table: "score_schemes",
                columns: new[] { "chapter_id", "key", "number" },
                unique: true)
                .Annotation("Npgsql:NullsDistinct", false);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "chapter_alert_rules");

            migrationBuilder.DropTable(
                name: "chapter_scheme_choices");

            migrationBuilder.DropTable(
                name: "member_committee_notes");

            migrationBuilder.DropTable(
                name: "member_scores");

            migrationBuilder.DropTable(
                name: "score_schemes");
        }
    }
}
