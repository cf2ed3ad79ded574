using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Sourcing.Data.Migrations
{
    /// <inheritdoc />
    public partial class Chapters : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "chapters",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    name = table.Column<string>(type: "character varying(80)", maxLength: 80, nullable: false),
                    location = table.Column<string>(type: "character varying(80)", maxLength: 80, nullable: false),
                    meeting_day = table.Column<int>(type: "integer", nullable: false),
                    meeting_time = table.Column<TimeOnly>(type: "time without time zone", nullable: false),
                    time_zone = table.Column<string>(type: "character varying(60)", maxLength: 60, nullable: false),
                    currency = table.Column<string>(type: "character varying(3)", maxLength: 3, nullable: false),
                    region = table.Column<string>(type: "character varying(80)", maxLength: 80, nullable: false),
                    points_shared = table.Column<bool>(type: "boolean", nullable: false),
                    is_active = table.Column<bool>(type: "boolean", nullable: false),
                    xmin = table.Column<uint>(type: "xid", rowVersion: true, nullable: false),
                    created_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false, defaultValueSql: "now()"),
                    updated_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false, defaultValueSql: "now()")
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_chapters", x => x.id);
                    table.CheckConstraint("ck_chapters_currency", "currency ~ '^[A-Z]{3}$'");
                    table.CheckConstraint("ck_chapters_location", "btrim(location) <> ''");
                    table.CheckConstraint("ck_chapters_meeting_day", "meeting_day between 1 and 7");
                    table.CheckConstraint("ck_chapters_name", "length(btrim(name)) >= 3");
                });

            migrationBuilder.CreateTable(
                name: "chapter_seats",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    chapter_id = table.Column<Guid>(type: "uuid", nullable: false),
                    user_id = table.Column<Guid>(type: "uuid", nullable: false),
                    office = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    xmin = table.Column<uint>(type: "xid", rowVersion: true, nullable: false),
                    created_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false, defaultValueSql: "now()"),
                    updated_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false, defaultValueSql: "now()")
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_chapter_seats", x => x.id);
                    table.CheckConstraint("ck_chapter_seats_office", "office in ('leader', 'committee', 'host', 'member', 'viewer')");
                    table.ForeignKey(
                        name: "fk_chapter_seats_chapters_chapter_id",
                        column: x => x.chapter_id,
                        principalTable: "chapters",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_chapter_seats_users_user_id",
                        column: x => x.user_id,
                        principalTable: "users",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "external_parties",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    chapter_id = table.Column<Guid>(type: "uuid", nullable: false),
                    name = table.Column<string>(type: "character varying(160)", maxLength: 160, nullable: false),
                    chapter_name = table.Column<string>(type: "character varying(160)", maxLength: 160, nullable: false),
                    created_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false, defaultValueSql: "now()"),
                    updated_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false, defaultValueSql: "now()")
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_external_parties", x => x.id);
                    table.CheckConstraint("ck_external_parties_name", "name <> ''");
                    table.ForeignKey(
                        name: "fk_external_parties_chapters_chapter_id",
                        column: x => x.chapter_id,
                        principalTable: "chapters",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "meetings",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    chapter_id = table.Column<Guid>(type: "uuid", nullable: false),
                    held_on = table.Column<DateOnly>(type: "date", nullable: false),
                    status = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    xmin = table.Column<uint>(type: "xid", rowVersion: true, nullable: false),
                    created_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false, defaultValueSql: "now()"),
                    updated_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false, defaultValueSql: "now()")
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_meetings", x => x.id);
                    table.CheckConstraint("ck_meetings_status", "status in ('planned', 'draft', 'completed', 'holiday', 'discarded')");
                    table.ForeignKey(
                        name: "fk_meetings_chapters_chapter_id",
                        column: x => x.chapter_id,
                        principalTable: "chapters",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "members",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    chapter_id = table.Column<Guid>(type: "uuid", nullable: false),
                    user_id = table.Column<Guid>(type: "uuid", nullable: true),
                    first_name = table.Column<string>(type: "character varying(80)", maxLength: 80, nullable: false),
                    last_name = table.Column<string>(type: "character varying(80)", maxLength: 80, nullable: false),
                    name_key = table.Column<string>(type: "character varying(162)", maxLength: 162, nullable: false),
                    business = table.Column<string>(type: "character varying(120)", maxLength: 120, nullable: false),
                    classification = table.Column<string>(type: "character varying(120)", maxLength: 120, nullable: false),
                    sponsor_id = table.Column<Guid>(type: "uuid", nullable: true),
                    deleted_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    deleted_by = table.Column<Guid>(type: "uuid", nullable: true),
                    xmin = table.Column<uint>(type: "xid", rowVersion: true, nullable: false),
                    created_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false, defaultValueSql: "now()"),
                    updated_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false, defaultValueSql: "now()")
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_members", x => x.id);
                    table.CheckConstraint("ck_members_first_name", "btrim(first_name) <> ''");
                    table.CheckConstraint("ck_members_sponsor_id", "sponsor_id <> id");
                    table.ForeignKey(
                        name: "fk_members_chapters_chapter_id",
                        column: x => x.chapter_id,
                        principalTable: "chapters",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_members_members_sponsor_id",
                        column: x => x.sponsor_id,
                        principalTable: "members",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_members_users_user_id",
                        column: x => x.user_id,
                        principalTable: "users",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "attendances",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    meeting_id = table.Column<Guid>(type: "uuid", nullable: false),
                    chapter_id = table.Column<Guid>(type: "uuid", nullable: false),
                    member_id = table.Column<Guid>(type: "uuid", nullable: false),
                    code = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    substitute = table.Column<string>(type: "character varying(160)", maxLength: 160, nullable: false),
                    left_early = table.Column<bool>(type: "boolean", nullable: false),
                    created_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false, defaultValueSql: "now()"),
                    updated_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false, defaultValueSql: "now()")
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_attendances", x => x.id);
                    table.CheckConstraint("ck_attendances_code", "code in ('present', 'absent', 'late', 'medical', 'substitute')");
                    table.CheckConstraint("ck_attendances_substitute", "(code = 'substitute') = (substitute <> '')");
                    table.ForeignKey(
                        name: "fk_attendances_chapters_chapter_id",
                        column: x => x.chapter_id,
                        principalTable: "chapters",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_attendances_meetings_meeting_id",
                        column: x => x.meeting_id,
                        principalTable: "meetings",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_attendances_members_member_id",
                        column: x => x.member_id,
                        principalTable: "members",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "closed_business",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    thanked_id = table.Column<Guid>(type: "uuid", nullable: true),
                    thanked_external_id = table.Column<Guid>(type: "uuid", nullable: true),
                    amount = table.Column<decimal>(type: "numeric(14,2)", precision: 14, scale: 2, nullable: false),
                    currency = table.Column<string>(type: "character varying(3)", maxLength: 3, nullable: false),
                    tier = table.Column<int>(type: "integer", nullable: false),
                    is_inside = table.Column<bool>(type: "boolean", nullable: false),
                    updated_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false, defaultValueSql: "now()"),
                    chapter_id = table.Column<Guid>(type: "uuid", nullable: false),
                    meeting_id = table.Column<Guid>(type: "uuid", nullable: false),
                    note = table.Column<string>(type: "character varying(400)", maxLength: 400, nullable: false),
                    removed_because = table.Column<string>(type: "character varying(400)", maxLength: 400, nullable: false),
                    created_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false, defaultValueSql: "now()"),
                    deleted_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    deleted_by = table.Column<Guid>(type: "uuid", nullable: true),
                    xmin = table.Column<uint>(type: "xid", rowVersion: true, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_closed_business", x => x.id);
                    table.CheckConstraint("ck_closed_business_amount", "amount > 0");
                    table.CheckConstraint("ck_closed_business_currency", "currency ~ '^[A-Z]{3}$'");
                    table.CheckConstraint("ck_closed_business_removed_because", "deleted_at is null or removed_because <> ''");
                    table.CheckConstraint("ck_closed_business_thanked", "num_nonnulls(thanked_id, thanked_external_id) = 1");
                    table.CheckConstraint("ck_closed_business_tier", "tier between 1 and 3");
                    table.ForeignKey(
                        name: "fk_closed_business_chapters_chapter_id",
                        column: x => x.chapter_id,
                        principalTable: "chapters",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_closed_business_external_parties_thanked_external_id",
                        column: x => x.thanked_external_id,
                        principalTable: "external_parties",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_closed_business_meetings_meeting_id",
                        column: x => x.meeting_id,
                        principalTable: "meetings",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_closed_business_members_thanked_id",
                        column: x => x.thanked_id,
                        principalTable: "members",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "education_units",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    member_id = table.Column<Guid>(type: "uuid", nullable: false),
                    credits = table.Column<decimal>(type: "numeric(5,2)", precision: 5, scale: 2, nullable: false),
                    updated_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false, defaultValueSql: "now()"),
                    chapter_id = table.Column<Guid>(type: "uuid", nullable: false),
                    meeting_id = table.Column<Guid>(type: "uuid", nullable: false),
                    note = table.Column<string>(type: "character varying(400)", maxLength: 400, nullable: false),
                    removed_because = table.Column<string>(type: "character varying(400)", maxLength: 400, nullable: false),
                    created_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false, defaultValueSql: "now()"),
                    deleted_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    deleted_by = table.Column<Guid>(type: "uuid", nullable: true),
                    xmin = table.Column<uint>(type: "xid", rowVersion: true, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_education_units", x => x.id);
                    table.CheckConstraint("ck_education_units_credits", "credits > 0");
                    table.CheckConstraint("ck_education_units_removed_because", "deleted_at is null or removed_because <> ''");
                    table.ForeignKey(
                        name: "fk_education_units_chapters_chapter_id",
                        column: x => x.chapter_id,
                        principalTable: "chapters",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_education_units_meetings_meeting_id",
                        column: x => x.meeting_id,
                        principalTable: "meetings",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_education_units_members_member_id",
                        column: x => x.member_id,
                        principalTable: "members",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "member_aliases",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    chapter_id = table.Column<Guid>(type: "uuid", nullable: false),
                    member_id = table.Column<Guid>(type: "uuid", nullable: false),
                    alias = table.Column<string>(type: "character varying(160)", maxLength: 160, nullable: false),
                    alias_key = table.Column<string>(type: "character varying(160)", maxLength: 160, nullable: false),
                    created_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false, defaultValueSql: "now()"),
                    updated_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false, defaultValueSql: "now()")
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_member_aliases", x => x.id);
                    table.CheckConstraint("ck_member_aliases_alias", "alias <> ''");
                    table.ForeignKey(
                        name: "fk_member_aliases_chapters_chapter_id",
                        column: x => x.chapter_id,
                        principalTable: "chapters",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_member_aliases_members_member_id",
                        column: x => x.member_id,
                        principalTable: "members",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "member_contacts",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    chapter_id = table.Column<Guid>(type: "uuid", nullable: false),
                    email = table.Column<string>(type: "character varying(320)", maxLength: 320, nullable: false),
                    phone = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    renewal_on = table.Column<DateOnly>(type: "date", nullable: true),
                    deleted_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    deleted_by = table.Column<Guid>(type: "uuid", nullable: true),
                    created_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false, defaultValueSql: "now()"),
                    updated_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false, defaultValueSql: "now()")
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_member_contacts", x => x.id);
                    table.CheckConstraint("ck_member_contacts_email", "email = '' or email like '_%@_%'");
                    table.ForeignKey(
                        name: "fk_member_contacts_chapters_chapter_id",
                        column: x => x.chapter_id,
                        principalTable: "chapters",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_member_contacts_members_id",
                        column: x => x.id,
                        principalTable: "members",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "member_points",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    chapter_id = table.Column<Guid>(type: "uuid", nullable: false),
                    points = table.Column<decimal>(type: "numeric(5,2)", precision: 5, scale: 2, nullable: false),
                    created_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false, defaultValueSql: "now()"),
                    updated_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false, defaultValueSql: "now()")
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_member_points", x => x.id);
                    table.CheckConstraint("ck_member_points_points", "points between 0 and 100");
                    table.ForeignKey(
                        name: "fk_member_points_chapters_chapter_id",
                        column: x => x.chapter_id,
                        principalTable: "chapters",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_member_points_members_id",
                        column: x => x.id,
                        principalTable: "members",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "membership_terms",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    member_id = table.Column<Guid>(type: "uuid", nullable: false),
                    chapter_id = table.Column<Guid>(type: "uuid", nullable: false),
                    joined_on = table.Column<DateOnly>(type: "date", nullable: false),
                    left_on = table.Column<DateOnly>(type: "date", nullable: true),
                    xmin = table.Column<uint>(type: "xid", rowVersion: true, nullable: false),
                    created_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false, defaultValueSql: "now()"),
                    updated_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false, defaultValueSql: "now()")
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_membership_terms", x => x.id);
                    table.CheckConstraint("ck_membership_terms_left_on", "left_on > joined_on");
                    table.ForeignKey(
                        name: "fk_membership_terms_chapters_chapter_id",
                        column: x => x.chapter_id,
                        principalTable: "chapters",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_membership_terms_members_member_id",
                        column: x => x.member_id,
                        principalTable: "members",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "one_to_ones",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    initiator_id = table.Column<Guid>(type: "uuid", nullable: true),
                    initiator_external_id = table.Column<Guid>(type: "uuid", nullable: true),
                    partner_id = table.Column<Guid>(type: "uuid", nullable: true),
                    partner_external_id = table.Column<Guid>(type: "uuid", nullable: true),
                    place = table.Column<string>(type: "character varying(160)", maxLength: 160, nullable: false),
                    updated_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false, defaultValueSql: "now()"),
                    chapter_id = table.Column<Guid>(type: "uuid", nullable: false),
                    meeting_id = table.Column<Guid>(type: "uuid", nullable: false),
                    note = table.Column<string>(type: "character varying(400)", maxLength: 400, nullable: false),
                    removed_because = table.Column<string>(type: "character varying(400)", maxLength: 400, nullable: false),
                    created_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false, defaultValueSql: "now()"),
                    deleted_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    deleted_by = table.Column<Guid>(type: "uuid", nullable: true),
                    xmin = table.Column<uint>(type: "xid", rowVersion: true, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_one_to_ones", x => x.id);
                    table.CheckConstraint("ck_one_to_ones_home", "num_nonnulls(initiator_id, partner_id) > 0 and (initiator_id <> partner_id) is not false");
                    table.CheckConstraint("ck_one_to_ones_initiator", "num_nonnulls(initiator_id, initiator_external_id) = 1");
                    table.CheckConstraint("ck_one_to_ones_partner", "num_nonnulls(partner_id, partner_external_id) = 1");
                    table.CheckConstraint("ck_one_to_ones_removed_because", "deleted_at is null or removed_because <> ''");
                    table.ForeignKey(
                        name: "fk_one_to_ones_chapters_chapter_id",
                        column: x => x.chapter_id,
                        principalTable: "chapters",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_one_to_ones_external_parties_initiator_external_id",
                        column: x => x.initiator_external_id,
                        principalTable: "external_parties",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_one_to_ones_external_parties_partner_external_id",
                        column: x => x.partner_external_id,
                        principalTable: "external_parties",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_one_to_ones_meetings_meeting_id",
                        column: x => x.meeting_id,
                        principalTable: "meetings",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_one_to_ones_members_initiator_id",
                        column: x => x.initiator_id,
                        principalTable: "members",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_one_to_ones_members_partner_id",
                        column: x => x.partner_id,
                        principalTable: "members",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "referrals",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    giver_id = table.Column<Guid>(type: "uuid", nullable: true),
                    giver_external_id = table.Column<Guid>(type: "uuid", nullable: true),
                    receiver_id = table.Column<Guid>(type: "uuid", nullable: true),
                    receiver_external_id = table.Column<Guid>(type: "uuid", nullable: true),
                    tier = table.Column<int>(type: "integer", nullable: false),
                    status = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    updated_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false, defaultValueSql: "now()"),
                    chapter_id = table.Column<Guid>(type: "uuid", nullable: false),
                    meeting_id = table.Column<Guid>(type: "uuid", nullable: false),
                    note = table.Column<string>(type: "character varying(400)", maxLength: 400, nullable: false),
                    removed_because = table.Column<string>(type: "character varying(400)", maxLength: 400, nullable: false),
                    created_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false, defaultValueSql: "now()"),
                    deleted_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    deleted_by = table.Column<Guid>(type: "uuid", nullable: true),
                    xmin = table.Column<uint>(type: "xid", rowVersion: true, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_referrals", x => x.id);
                    table.CheckConstraint("ck_referrals_giver", "num_nonnulls(giver_id, giver_external_id) = 1");
                    table.CheckConstraint("ck_referrals_home", "num_nonnulls(giver_id, receiver_id) > 0 and (giver_id <> receiver_id) is not false");
                    table.CheckConstraint("ck_referrals_receiver", "num_nonnulls(receiver_id, receiver_external_id) = 1");
                    table.CheckConstraint("ck_referrals_removed_because", "deleted_at is null or removed_because <> ''");
                    table.CheckConstraint("ck_referrals_status", "status in ('new', 'pending', 'closed', 'no_sale')");
                    table.CheckConstraint("ck_referrals_tier", "tier in (1, 2)");
                    table.ForeignKey(
                        name: "fk_referrals_chapters_chapter_id",
                        column: x => x.chapter_id,
                        principalTable: "chapters",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_referrals_external_parties_giver_external_id",
                        column: x => x.giver_external_id,
                        principalTable: "external_parties",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_referrals_external_parties_receiver_external_id",
                        column: x => x.receiver_external_id,
                        principalTable: "external_parties",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_referrals_meetings_meeting_id",
                        column: x => x.meeting_id,
                        principalTable: "meetings",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_referrals_members_giver_id",
                        column: x => x.giver_id,
                        principalTable: "members",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_referrals_members_receiver_id",
                        column: x => x.receiver_id,
                        principalTable: "members",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "visitors",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    inviter_id = table.Column<Guid>(type: "uuid", nullable: true),
                    name = table.Column<string>(type: "character varying(160)", maxLength: 160, nullable: false),
                    name_key = table.Column<string>(type: "character varying(160)", maxLength: 160, nullable: false),
                    company = table.Column<string>(type: "character varying(160)", maxLength: 160, nullable: false),
                    profession = table.Column<string>(type: "character varying(160)", maxLength: 160, nullable: false),
                    kind = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    outcome = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    updated_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false, defaultValueSql: "now()"),
                    chapter_id = table.Column<Guid>(type: "uuid", nullable: false),
                    meeting_id = table.Column<Guid>(type: "uuid", nullable: false),
                    note = table.Column<string>(type: "character varying(400)", maxLength: 400, nullable: false),
                    removed_because = table.Column<string>(type: "character varying(400)", maxLength: 400, nullable: false),
                    created_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false, defaultValueSql: "now()"),
                    deleted_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    deleted_by = table.Column<Guid>(type: "uuid", nullable: true),
                    xmin = table.Column<uint>(type: "xid", rowVersion: true, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_visitors", x => x.id);
                    table.CheckConstraint("ck_visitors_kind", "kind in ('visitor', 'substitute', 'other_chapter')");
                    table.CheckConstraint("ck_visitors_name", "name <> ''");
                    table.CheckConstraint("ck_visitors_outcome", "outcome in ('open', 'applied', 'joined', 'declined')");
                    table.CheckConstraint("ck_visitors_removed_because", "deleted_at is null or removed_because <> ''");
                    table.ForeignKey(
                        name: "fk_visitors_chapters_chapter_id",
                        column: x => x.chapter_id,
                        principalTable: "chapters",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_visitors_meetings_meeting_id",
                        column: x => x.meeting_id,
                        principalTable: "meetings",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_visitors_members_inviter_id",
                        column: x => x.inviter_id,
                        principalTable: "members",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "closed_business_payers",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    payer_id = table.Column<Guid>(type: "uuid", nullable: false),
                    created_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false, defaultValueSql: "now()"),
                    updated_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false, defaultValueSql: "now()")
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_closed_business_payers", x => x.id);
                    table.ForeignKey(
                        name: "fk_closed_business_payers_closed_business_id",
                        column: x => x.id,
                        principalTable: "closed_business",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_closed_business_payers_members_payer_id",
                        column: x => x.payer_id,
                        principalTable: "members",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateIndex(
                name: "ix_attendances_chapter_id",
                table: "attendances",
                column: "chapter_id");

            migrationBuilder.CreateIndex(
                name: "ix_attendances_meeting_id_member_id",
                table: "attendances",
                columns: new[] { "meeting_id", "member_id" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_attendances_member_id",
                table: "attendances",
                column: "member_id");

            migrationBuilder.CreateIndex(
                name: "ix_chapter_seats_chapter_id_user_id",
                table: "chapter_seats",
                columns: new[] { "chapter_id", "user_id" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_chapter_seats_user_id",
                table: "chapter_seats",
                column: "user_id");

            migrationBuilder.CreateIndex(
                name: "ix_closed_business_chapter_id_meeting_id",
                table: "closed_business",
                columns: new[] { "chapter_id", "meeting_id" });

            migrationBuilder.CreateIndex(
                name: "ix_closed_business_meeting_id",
                table: "closed_business",
                column: "meeting_id");

            migrationBuilder.CreateIndex(
                name: "ix_closed_business_thanked_external_id",
                table: "closed_business",
                column: "thanked_external_id");

            migrationBuilder.CreateIndex(
                name: "ix_closed_business_thanked_id",
                table: "closed_business",
                column: "thanked_id");

            migrationBuilder.CreateIndex(
                name: "ix_closed_business_payers_payer_id",
                table: "closed_business_payers",
                column: "payer_id");

            migrationBuilder.CreateIndex(
                name: "ix_education_units_chapter_id_meeting_id",
                table: "education_units",
                columns: new[] { "chapter_id", "meeting_id" });

            migrationBuilder.CreateIndex(
                name: "ix_education_units_meeting_id",
                table: "education_units",
                column: "meeting_id");

            migrationBuilder.CreateIndex(
                name: "ix_education_units_member_id",
                table: "education_units",
                column: "member_id");

            migrationBuilder.CreateIndex(
                name: "ix_external_parties_chapter_id",
                table: "external_parties",
                column: "chapter_id");

            migrationBuilder.CreateIndex(
                name: "ix_meetings_chapter_id_held_on",
                table: "meetings",
                columns: new[] { "chapter_id", "held_on" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_member_aliases_chapter_id_alias_key",
                table: "member_aliases",
                columns: new[] { "chapter_id", "alias_key" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_member_aliases_member_id",
                table: "member_aliases",
                column: "member_id");

            migrationBuilder.CreateIndex(
                name: "ix_member_contacts_chapter_id",
                table: "member_contacts",
                column: "chapter_id");

            migrationBuilder.CreateIndex(
                name: "ix_member_points_chapter_id",
                table: "member_points",
                column: "chapter_id");

            migrationBuilder.CreateIndex(
                name: "ix_members_chapter_id_name_key",
                table: "members",
                columns: new[] { "chapter_id", "name_key" });

            migrationBuilder.CreateIndex(
                name: "ix_members_sponsor_id",
                table: "members",
                column: "sponsor_id");

            migrationBuilder.CreateIndex(
                name: "ix_members_user_id",
                table: "members",
                column: "user_id");

            migrationBuilder.CreateIndex(
                name: "ix_members_user_id_chapter_id",
                table: "members",
                columns: new[] { "user_id", "chapter_id" },
                unique: true,
                filter: "user_id is not null");

            migrationBuilder.CreateIndex(
                name: "ix_membership_terms_chapter_id_joined_on",
                table: "membership_terms",
                columns: new[] { "chapter_id", "joined_on" });

            migrationBuilder.CreateIndex(
                name: "ix_membership_terms_member_id",
                table: "membership_terms",
                column: "member_id");

            migrationBuilder.CreateIndex(
                name: "ix_one_to_ones_chapter_id_meeting_id",
                table: "one_to_ones",
                columns: new[] { "chapter_id", "meeting_id" });

            migrationBuilder.CreateIndex(
                name: "ix_one_to_ones_initiator_external_id",
                table: "one_to_ones",
                column: "initiator_external_id");

            migrationBuilder.CreateIndex(
                name: "ix_one_to_ones_initiator_id",
                table: "one_to_ones",
                column: "initiator_id");

            migrationBuilder.CreateIndex(
                name: "ix_one_to_ones_meeting_id",
                table: "one_to_ones",
                column: "meeting_id");

            migrationBuilder.CreateIndex(
                name: "ix_one_to_ones_partner_external_id",
                table: "one_to_ones",
                column: "partner_external_id");

            migrationBuilder.CreateIndex(
                name: "ix_one_to_ones_partner_id",
                table: "one_to_ones",
                column: "partner_id");

            migrationBuilder.CreateIndex(
                name: "ix_referrals_chapter_id_meeting_id",
                table: "referrals",
                columns: new[] { "chapter_id", "meeting_id" });

            migrationBuilder.CreateIndex(
                name: "ix_referrals_giver_external_id",
                table: "referrals",
                column: "giver_external_id");

            migrationBuilder.CreateIndex(
                name: "ix_referrals_giver_id",
                table: "referrals",
                column: "giver_id");

            migrationBuilder.CreateIndex(
                name: "ix_referrals_meeting_id",
                table: "referrals",
                column: "meeting_id");

            migrationBuilder.CreateIndex(
                name: "ix_referrals_receiver_external_id",
                table: "referrals",
                column: "receiver_external_id");

            migrationBuilder.CreateIndex(
                name: "ix_referrals_receiver_id",
                table: "referrals",
                column: "receiver_id");

            migrationBuilder.CreateIndex(
                name: "ix_visitors_chapter_id_meeting_id",
                table: "visitors",
                columns: new[] { "chapter_id", "meeting_id" });

            migrationBuilder.CreateIndex(
                name: "ix_visitors_chapter_id_name_key",
                table: "visitors",
                columns: new[] { "chapter_id", "name_key" });

            migrationBuilder.CreateIndex(
                name: "ix_visitors_inviter_id",
                table: "visitors",
                column: "inviter_id");

            migrationBuilder.CreateIndex(
                name: "ix_visitors_meeting_id",
                table: "visitors",
                column: "meeting_id");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "attendances");

            migrationBuilder.DropTable(
                name: "chapter_seats");

            migrationBuilder.DropTable(
                name: "closed_business_payers");

            migrationBuilder.DropTable(
                name: "education_units");

            migrationBuilder.DropTable(
                name: "member_aliases");

            migrationBuilder.DropTable(
                name: "member_contacts");

            migrationBuilder.DropTable(
                name: "member_points");

            migrationBuilder.DropTable(
                name: "membership_terms");

            migrationBuilder.DropTable(
                name: "one_to_ones");

            migrationBuilder.DropTable(
                name: "referrals");

            migrationBuilder.DropTable(
                name: "visitors");

            migrationBuilder.DropTable(
                name: "closed_business");

            migrationBuilder.DropTable(
                name: "external_parties");

            migrationBuilder.DropTable(
                name: "meetings");

            migrationBuilder.DropTable(
                name: "members");

            migrationBuilder.DropTable(
                name: "chapters");
        }
    }
}
