using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Sourcing.Data.Common;
using Sourcing.Data.Operations;

namespace Sourcing.Data.Chapters.Scoring;

/// <summary>Schemes, who chose which, what came of them, alerts, and the committee's notes. What may change and who reads it stands in the room's script.</summary>
internal sealed class ScoringMapping :
    IEntityTypeConfiguration<ScoreScheme>, IEntityTypeConfiguration<SchemeChoice>, IEntityTypeConfiguration<MemberScore>, IEntityTypeConfiguration<ChapterAlertRules>,
    IEntityTypeConfiguration<MemberCommitteeNote>
{
    public void Configure(EntityTypeBuilder<ScoreScheme> scheme)
    {
        scheme.Property(s => s.Id).ValueGeneratedNever();
        scheme.Property(s => s.Key).HasMaxLength(80);
        scheme.Property(s => s.Name).HasMaxLength(80);
        scheme.Property(s => s.Rules).HasColumnType("jsonb");
        scheme.HasOne<Chapter>().WithMany().HasForeignKey(s => s.ChapterId);
        scheme.HasOne<AppUser>().WithMany().HasForeignKey(s => s.ActivatedBy);
        scheme.HasIndex(s => new { s.ChapterId, s.Key, s.Number }).IsUnique().AreNullsDistinct(false);
        scheme.HasIndex(s => s.ActivatedBy);
        scheme.ToTable(t =>
        {
            t.HasCheckConstraint("ck_score_schemes_key", "key ~ '^[a-z0-9]+(-[a-z0-9]+)*$'");
            t.HasCheckConstraint("ck_score_schemes_name", "btrim(name) <> ''");
            t.HasCheckConstraint("ck_score_schemes_number", "number >= 1");
            t.HasCheckConstraint("ck_score_schemes_rules", "jsonb_typeof(rules) = 'array'");
            t.HasCheckConstraint("ck_score_schemes_bands", "status = 'draft' or (green > yellow and yellow > red and red > 0)");
            t.HasCheckConstraint("ck_score_schemes_activated_at", "(status = 'draft') = (activated_at is null)");
        });
        DatabaseFaults.Explain("ix_score_schemes_chapter_id_key_number", "Somebody else made this version a moment ago. Load the page again and look at it.");
    }

    public void Configure(EntityTypeBuilder<SchemeChoice> choice)
    {
        choice.Property(c => c.Id).ValueGeneratedNever();
        choice.HasOne<Chapter>().WithMany().HasForeignKey(c => c.ChapterId);
        choice.HasOne<ScoreScheme>().WithMany().HasForeignKey(c => c.SchemeId);
        choice.HasOne<AppUser>().WithMany().HasForeignKey(c => c.ChosenBy);
        choice.HasIndex(c => new { c.ChapterId, c.FromMonth }).IsUnique().AreNullsDistinct(false);
        choice.HasIndex(c => c.ChosenBy);
        choice.ToTable(t => t.HasCheckConstraint("ck_chapter_scheme_choices_from_month", "extract(day from from_month) = 1"));
        DatabaseFaults.Explain("ix_chapter_scheme_choices_chapter_id_from_month", "Somebody else chose a scheme for this month a moment ago. Load the page again and look at it.");
    }

    public void Configure(EntityTypeBuilder<MemberScore> score)
    {
        score.Property(s => s.Id).ValueGeneratedNever();
        score.Property(s => s.Lines).HasColumnType("jsonb");
        score.HasOne<Chapter>().WithMany().HasForeignKey(s => s.ChapterId);
        score.HasOne<Member>().WithMany().HasForeignKey(s => s.MemberId);
        score.HasOne<ScoreScheme>().WithMany().HasForeignKey(s => s.SchemeId);
        score.HasIndex(s => new { s.MemberId, s.WindowEnd, s.SchemeId }).IsUnique();
        score.HasIndex(s => new { s.ChapterId, s.WindowEnd });
        score.ToTable(t =>
        {
            t.HasCheckConstraint("ck_member_scores_points", "points >= 0");
            t.HasCheckConstraint("ck_member_scores_window_end", "extract(day from window_end + 1) = 1");
        });
    }

    public void Configure(EntityTypeBuilder<ChapterAlertRules> rules)
    {
        rules.Property(r => r.Id).ValueGeneratedNever();
        rules.HasOne<Chapter>().WithOne().HasForeignKey<ChapterAlertRules>(r => r.Id);
        rules.ToTable(t =>
        {
            t.HasCheckConstraint("ck_chapter_alert_rules_reviews", "review_absences between 1 and 50 and coalesce(review_substitutes, 1) between 1 and 50");
            t.HasCheckConstraint("ck_chapter_alert_rules_caps", "coalesce(substitutes_without_absence, 0) between 0 and 50 and coalesce(substitutes_with_absence, 0) between 0 and 50");
        });
    }

    public void Configure(EntityTypeBuilder<MemberCommitteeNote> note)
    {
        note.Property(n => n.Id).ValueGeneratedNever();
        note.Property(n => n.Text).HasMaxLength(2000);
        note.HasOne<Chapter>().WithMany().HasForeignKey(n => n.ChapterId);
        note.HasOne<Member>().WithMany().HasForeignKey(n => n.MemberId);
        note.HasOne<AppUser>().WithMany().HasForeignKey(n => n.AuthorId);
        note.ToTable(t => t.HasCheckConstraint("ck_member_committee_notes_text", "btrim(text) <> ''"));
    }
}
