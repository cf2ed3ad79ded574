using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Sourcing.Data.Chapters.Importing;
using Sourcing.Data.Common;
using Sourcing.Data.Operations;

namespace Sourcing.Data.Chapters;

/// <summary>Chapters, who belongs to them, and their meetings. Unique names whatever the case and terms that do not overlap stand in the room's script.</summary>
internal sealed class ChaptersMapping :
    IEntityTypeConfiguration<Chapter>, IEntityTypeConfiguration<ChapterSeat>, IEntityTypeConfiguration<Member>, IEntityTypeConfiguration<MembershipTerm>,
    IEntityTypeConfiguration<MemberContact>, IEntityTypeConfiguration<MemberAlias>, IEntityTypeConfiguration<ExternalParty>,
    IEntityTypeConfiguration<Meeting>, IEntityTypeConfiguration<Attendance>, IEntityTypeConfiguration<MemberName>
{
    public void Configure(EntityTypeBuilder<Chapter> chapter)
    {
        chapter.Property(c => c.Id).ValueGeneratedNever();
        chapter.Property(c => c.Name).HasMaxLength(80);
        chapter.Property(c => c.Location).HasMaxLength(80);
        chapter.Property(c => c.Region).HasMaxLength(80);
        chapter.Property(c => c.TimeZone).HasMaxLength(60);
        chapter.Property(c => c.Currency).HasMaxLength(3);
        chapter.ToTable(t =>
        {
            t.HasCheckConstraint("ck_chapters_name", "length(btrim(name)) >= 3");
            t.HasCheckConstraint("ck_chapters_location", "btrim(location) <> ''");
            t.HasCheckConstraint("ck_chapters_meeting_day", "meeting_day between 1 and 7");
            t.HasCheckConstraint("ck_chapters_currency", "currency ~ '^[A-Z]{3}$'");
        });
        DatabaseFaults.Explain("ix_chapters_name_location", "There is a chapter of this name at this place. Open that one, or choose another name.");
    }

    public void Configure(EntityTypeBuilder<ChapterSeat> seat)
    {
        seat.Property(s => s.Id).ValueGeneratedNever();
        seat.HasOne<Chapter>().WithMany().HasForeignKey(s => s.ChapterId);
        seat.HasOne<AppUser>().WithMany().HasForeignKey(s => s.UserId);
        seat.HasIndex(s => new { s.ChapterId, s.UserId }).IsUnique();
        seat.HasIndex(s => s.UserId);
        DatabaseFaults.Explain("ix_chapter_seats_chapter_id_user_id", "This account has a seat in the chapter. Change that one.");
    }

    public void Configure(EntityTypeBuilder<Member> member)
    {
        member.Property(m => m.Id).ValueGeneratedNever();
        member.Property(m => m.FirstName).HasMaxLength(80);
        member.Property(m => m.LastName).HasMaxLength(80);
        member.Property(m => m.NameKey).HasMaxLength(162);
        member.Property(m => m.Business).HasMaxLength(120);
        member.Property(m => m.Classification).HasMaxLength(120);
        member.Ignore(m => m.FullName);
        member.HasOne<Chapter>().WithMany().HasForeignKey(m => m.ChapterId);
        member.HasOne<AppUser>().WithMany().HasForeignKey(m => m.UserId);
        member.HasOne<Member>().WithMany().HasForeignKey(m => m.SponsorId);
        member.HasMany(m => m.Terms).WithOne().HasForeignKey(t => t.MemberId);
        member.HasIndex(m => new { m.ChapterId, m.NameKey });
        member.HasIndex(m => new { m.UserId, m.ChapterId }).IsUnique().HasFilter("user_id is not null");
        member.HasIndex(m => m.UserId);
        member.ToTable(t =>
        {
            t.HasCheckConstraint("ck_members_first_name", "btrim(first_name) <> ''");
            t.HasCheckConstraint("ck_members_sponsor_id", "sponsor_id <> id");
        });
        DatabaseFaults.Explain("ix_members_user_id_chapter_id", "This account belongs to another member of the chapter. Choose another account.");
    }

    public void Configure(EntityTypeBuilder<MembershipTerm> term)
    {
        term.Property(t => t.Id).ValueGeneratedNever();
        term.HasOne<Chapter>().WithMany().HasForeignKey(t => t.ChapterId);
        term.HasIndex(t => new { t.ChapterId, t.JoinedOn });
        term.ToTable(t => t.HasCheckConstraint("ck_membership_terms_left_on", "left_on > joined_on"));
        DatabaseFaults.Explain("ck_membership_terms_apart", "The member belongs to the chapter on some of these days already. Load the page again and look at the terms.");
    }

    public void Configure(EntityTypeBuilder<MemberContact> contact)
    {
        contact.Property(c => c.Id).ValueGeneratedNever();
        contact.Property(c => c.Email).HasMaxLength(320);
        contact.Property(c => c.Phone).HasMaxLength(40);
        contact.HasOne<Member>().WithOne().HasForeignKey<MemberContact>(c => c.Id);
        contact.HasOne<Chapter>().WithMany().HasForeignKey(c => c.ChapterId);
        contact.ToTable(t => t.HasCheckConstraint("ck_member_contacts_email", "email = '' or email like '_%@_%'"));
        DatabaseFaults.Explain("ix_member_contacts_email", "Another member of the chapter has this e-mail address. Open that member, or choose another address.");
    }

    public void Configure(EntityTypeBuilder<MemberAlias> alias)
    {
        alias.Property(a => a.Id).ValueGeneratedNever();
        alias.Property(a => a.Alias).HasMaxLength(160);
        alias.Property(a => a.AliasKey).HasMaxLength(160);
        alias.HasOne<Chapter>().WithMany().HasForeignKey(a => a.ChapterId);
        alias.HasOne<Member>().WithMany().HasForeignKey(a => a.MemberId);
        alias.HasIndex(a => new { a.ChapterId, a.AliasKey }).IsUnique();
        alias.ToTable(t => t.HasCheckConstraint("ck_member_aliases_alias", "alias <> ''"));
        DatabaseFaults.Explain("ix_member_aliases_chapter_id_alias_key", "This spelling is known for a member of the chapter. Remove it there first.");
    }

    public void Configure(EntityTypeBuilder<ExternalParty> party)
    {
        party.Property(p => p.Id).ValueGeneratedNever();
        party.Property(p => p.Name).HasMaxLength(160);
        party.Property(p => p.ChapterName).HasMaxLength(160);
        party.HasOne<Chapter>().WithMany().HasForeignKey(p => p.ChapterId);
        party.ToTable(t => t.HasCheckConstraint("ck_external_parties_name", "name <> ''"));
        DatabaseFaults.Explain("ix_external_parties_name", "This person outside the chapter is known already. Choose them from the list.");
    }

    public void Configure(EntityTypeBuilder<Meeting> meeting)
    {
        meeting.Property(m => m.Id).ValueGeneratedNever();
        meeting.Ignore(m => m.TakesEntries);
        meeting.HasOne<Chapter>().WithMany().HasForeignKey(m => m.ChapterId);
        meeting.HasMany(m => m.Attendances).WithOne().HasForeignKey(a => a.MeetingId);
        meeting.HasIndex(m => new { m.ChapterId, m.HeldOn }).IsUnique();
        DatabaseFaults.Explain("ix_meetings_chapter_id_held_on", "The chapter has a meeting on this day. Open that one.");
    }

    public void Configure(EntityTypeBuilder<Attendance> attendance)
    {
        attendance.Property(a => a.Id).ValueGeneratedNever();
        attendance.Property(a => a.Substitute).HasMaxLength(160);
        attendance.HasOne<Chapter>().WithMany().HasForeignKey(a => a.ChapterId);
        attendance.HasOne<Member>().WithMany().HasForeignKey(a => a.MemberId);
        attendance.HasOne<ImportBatch>().WithMany().HasForeignKey(a => a.ImportBatchId);
        attendance.HasIndex(a => new { a.MeetingId, a.MemberId }).IsUnique().IncludeProperties(a => a.Code);
        attendance.ToTable(t => t.HasCheckConstraint("ck_attendances_substitute", "(code = 'substitute') = (substitute <> '')"));
        DatabaseFaults.Explain("ix_attendances_meeting_id_member_id", "Somebody else entered this meeting a moment ago. Load the page again.");
    }

    public void Configure(EntityTypeBuilder<MemberName> name) => name.HasNoKey().ToView("member_names");
}
