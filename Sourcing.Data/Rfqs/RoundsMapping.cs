using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Sourcing.Data.Common;
using Sourcing.Data.Suppliers;

namespace Sourcing.Data.Rfqs;

internal sealed class RoundsMapping :
    IEntityTypeConfiguration<RfqQuestion>, IEntityTypeConfiguration<RfqPublicAnswer>, IEntityTypeConfiguration<RfqRound>, IEntityTypeConfiguration<RfqRoundAnswer>
{
    public void Configure(EntityTypeBuilder<RfqQuestion> question)
    {
        question.HasOne<Rfq>().WithMany().HasForeignKey(q => q.RfqId);
        question.HasOne<Supplier>().WithMany().HasForeignKey(q => q.SupplierId);
        question.Property(q => q.Text).HasMaxLength(RfqQuestion.LongestText);
        question.Property(q => q.PublicText).HasMaxLength(RfqQuestion.LongestText);
        question.Property(q => q.Answer).HasMaxLength(RfqQuestion.LongestAnswer);
        question.Property(q => q.ByName).HasMaxLength(200);
        question.Property(q => q.AnsweredByName).HasMaxLength(200);
        question.HasIndex(q => new { q.RfqId, q.CreatedAt });
        question.HasIndex(q => q.SupplierId);
        question.ToTable(t =>
        {
            t.HasCheckConstraint("ck_rfq_questions_text", "text <> '' and round >= 1");
            t.HasCheckConstraint("ck_rfq_questions_answer", "(answer is null) = (answered_at is null) and (answer is null) = (scope is null) and (coalesce(scope, '') = 'everybody') = (public_text is not null)");
        });
    }

    public void Configure(EntityTypeBuilder<RfqPublicAnswer> answer) => answer.ToView("rfq_public_answers").HasKey(a => a.Id);

    public void Configure(EntityTypeBuilder<RfqRound> round)
    {
        round.HasOne<Rfq>().WithMany().HasForeignKey(r => r.RfqId);
        round.Property(r => r.Message).HasMaxLength(RfqRound.LongestMessage);
        round.Property(r => r.ByName).HasMaxLength(200);
        round.HasIndex(r => new { r.RfqId, r.Round }).IsUnique();
        round.ToTable(t => t.HasCheckConstraint("ck_rfq_rounds_round", "round >= 2"));
        DatabaseFaults.Explain("ix_rfq_rounds_rfq_id_round", "Somebody else started this round a moment ago. Reload the page to see with whom.");
    }

    public void Configure(EntityTypeBuilder<RfqRoundAnswer> answer)
    {
        answer.HasOne<Rfq>().WithMany().HasForeignKey(a => a.RfqId);
        answer.HasOne<Supplier>().WithMany().HasForeignKey(a => a.SupplierId);
        answer.Property(a => a.DeclineNote).HasMaxLength(400);
        answer.HasIndex(a => new { a.RfqId, a.SupplierId, a.Round }).IsUnique();
        answer.HasIndex(a => new { a.SupplierId, a.InvitedAt }).IsDescending(false, true);
        answer.ToTable(t => t.HasCheckConstraint("ck_rfq_round_answers_rank", "round >= 1 and (told_rank is null) = (told_of is null) and (told_rank is null or told_rank between 1 and told_of)"));
    }
}
