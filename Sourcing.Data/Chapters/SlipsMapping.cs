using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Sourcing.Data.Chapters.Importing;
using Sourcing.Data.Common;

namespace Sourcing.Data.Chapters;

/// <summary>What is written down at meetings.</summary>
internal sealed class SlipsMapping :
    IEntityTypeConfiguration<Referral>, IEntityTypeConfiguration<OneToOne>, IEntityTypeConfiguration<ClosedBusiness>, IEntityTypeConfiguration<ClosedBusinessPayer>,
    IEntityTypeConfiguration<EducationUnit>, IEntityTypeConfiguration<Testimonial>, IEntityTypeConfiguration<Visitor>, IEntityTypeConfiguration<ChapterSlip>, IEntityTypeConfiguration<SlipFact>,
    IEntityTypeConfiguration<AttendanceCount>
{
    public void Configure(EntityTypeBuilder<Referral> referral)
    {
        Common(referral, "referrals");
        // What a region is added up from stands in the index itself: two million slips are not opened for it.
        referral.HasIndex(r => r.MeetingId).IncludeProperties(r => new { r.GiverId, r.DeletedAt });
        referral.HasOne<Member>().WithMany().HasForeignKey(r => r.GiverId);
        referral.HasOne<Member>().WithMany().HasForeignKey(r => r.ReceiverId);
        referral.HasOne<ExternalParty>().WithMany().HasForeignKey(r => r.GiverExternalId);
        referral.HasOne<ExternalParty>().WithMany().HasForeignKey(r => r.ReceiverExternalId);
        referral.ToTable(t =>
        {
            t.HasCheckConstraint("ck_referrals_giver", "num_nonnulls(giver_id, giver_external_id) = 1");
            t.HasCheckConstraint("ck_referrals_receiver", "num_nonnulls(receiver_id, receiver_external_id) = 1");
            t.HasCheckConstraint("ck_referrals_home", "num_nonnulls(giver_id, receiver_id) > 0 and (giver_id <> receiver_id) is not false");
            t.HasCheckConstraint("ck_referrals_tier", "tier in (1, 2)");
        });
    }

    public void Configure(EntityTypeBuilder<OneToOne> meeting)
    {
        Common(meeting, "one_to_ones");
        meeting.HasIndex(o => o.MeetingId).IncludeProperties(o => new { o.InitiatorId, o.PartnerId, o.DeletedAt });
        meeting.Property(o => o.Place).HasMaxLength(160);
        meeting.HasOne<Member>().WithMany().HasForeignKey(o => o.InitiatorId);
        meeting.HasOne<Member>().WithMany().HasForeignKey(o => o.PartnerId);
        meeting.HasOne<ExternalParty>().WithMany().HasForeignKey(o => o.InitiatorExternalId);
        meeting.HasOne<ExternalParty>().WithMany().HasForeignKey(o => o.PartnerExternalId);
        meeting.ToTable(t =>
        {
            t.HasCheckConstraint("ck_one_to_ones_initiator", "num_nonnulls(initiator_id, initiator_external_id) = 1");
            t.HasCheckConstraint("ck_one_to_ones_partner", "num_nonnulls(partner_id, partner_external_id) = 1");
            t.HasCheckConstraint("ck_one_to_ones_home", "num_nonnulls(initiator_id, partner_id) > 0 and (initiator_id <> partner_id) is not false");
        });
    }

    public void Configure(EntityTypeBuilder<ClosedBusiness> business)
    {
        Common(business, "closed_business");
        business.HasIndex(b => b.MeetingId).IncludeProperties(b => new { b.Amount, b.Currency, b.DeletedAt });
        business.Property(b => b.Amount).HasPrecision(14, 2);
        business.Property(b => b.Currency).HasMaxLength(3);
        business.HasOne<Member>().WithMany().HasForeignKey(b => b.ThankedId);
        business.HasOne<ExternalParty>().WithMany().HasForeignKey(b => b.ThankedExternalId);
        business.ToTable(t =>
        {
            t.HasCheckConstraint("ck_closed_business_thanked", "num_nonnulls(thanked_id, thanked_external_id) = 1");
            t.HasCheckConstraint("ck_closed_business_amount", "amount > 0");
            t.HasCheckConstraint("ck_closed_business_currency", "currency ~ '^[A-Z]{3}$'");
            t.HasCheckConstraint("ck_closed_business_tier", "tier between 1 and 3");
        });
    }

    public void Configure(EntityTypeBuilder<ClosedBusinessPayer> payer)
    {
        payer.Property(p => p.Id).ValueGeneratedNever();
        payer.HasOne<ClosedBusiness>().WithOne().HasForeignKey<ClosedBusinessPayer>(p => p.Id);
        payer.HasOne<Member>().WithMany().HasForeignKey(p => p.PayerId);
    }

    public void Configure(EntityTypeBuilder<EducationUnit> unit)
    {
        Common(unit, "education_units");
        unit.Property(u => u.Credits).HasPrecision(5, 2);
        unit.Property(u => u.IsTraining).HasDefaultValue(false);
        unit.HasOne<Member>().WithMany().HasForeignKey(u => u.MemberId);
        unit.ToTable(t => t.HasCheckConstraint("ck_education_units_credits", "credits > 0"));
    }

    public void Configure(EntityTypeBuilder<Testimonial> testimonial)
    {
        Common(testimonial, "testimonials");
        testimonial.HasOne<Member>().WithMany().HasForeignKey(t => t.SpeakerId);
        testimonial.HasOne<Member>().WithMany().HasForeignKey(t => t.AboutId);
        testimonial.HasOne<ExternalParty>().WithMany().HasForeignKey(t => t.AboutExternalId);
        testimonial.ToTable(t =>
        {
            t.HasCheckConstraint("ck_testimonials_about", "num_nonnulls(about_id, about_external_id) <= 1");
            t.HasCheckConstraint("ck_testimonials_self", "(speaker_id <> about_id) is not false");
        });
    }

    public void Configure(EntityTypeBuilder<Visitor> visitor)
    {
        Common(visitor, "visitors");
        visitor.HasIndex(v => v.MeetingId).IncludeProperties(v => new { v.Kind, v.DeletedAt });
        visitor.Property(v => v.Name).HasMaxLength(160);
        visitor.Property(v => v.NameKey).HasMaxLength(160);
        visitor.Property(v => v.Company).HasMaxLength(160);
        visitor.Property(v => v.Profession).HasMaxLength(160);
        visitor.HasOne<Member>().WithMany().HasForeignKey(v => v.InviterId);
        visitor.HasIndex(v => new { v.ChapterId, v.NameKey });
        visitor.ToTable(t => t.HasCheckConstraint("ck_visitors_name", "name <> ''"));
    }

    public void Configure(EntityTypeBuilder<ChapterSlip> slip) => slip.HasNoKey().ToView("chapter_slips");

    public void Configure(EntityTypeBuilder<SlipFact> fact) => fact.HasNoKey().ToView("slip_facts");

    public void Configure(EntityTypeBuilder<AttendanceCount> count) => count.HasNoKey().ToView("attendance_counts");

    private static void Common<T>(EntityTypeBuilder<T> slip, string table) where T : Slip
    {
        slip.Property(s => s.Id).ValueGeneratedNever();
        slip.Property(s => s.Note).HasMaxLength(Slip.LongestText);
        slip.Property(s => s.RemovedBecause).HasMaxLength(Slip.LongestText);
        slip.HasOne<Chapter>().WithMany().HasForeignKey(s => s.ChapterId);
        slip.HasOne<Meeting>().WithMany().HasForeignKey(s => s.MeetingId);
        slip.HasOne<ImportBatch>().WithMany().HasForeignKey(s => s.ImportBatchId);
        slip.HasIndex(s => new { s.ChapterId, s.MeetingId });
        slip.ToTable(t => t.HasCheckConstraint($"ck_{table}_removed_because", "deleted_at is null or removed_because <> ''"));
    }
}
