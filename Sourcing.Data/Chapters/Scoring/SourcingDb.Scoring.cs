using Microsoft.EntityFrameworkCore;
using Sourcing.Data.Chapters.Scoring;

namespace Sourcing.Data;

public partial class SourcingDb
{
    public DbSet<ScoreScheme> ScoreSchemes => Set<ScoreScheme>();

    public DbSet<SchemeChoice> ChapterSchemeChoices => Set<SchemeChoice>();

    public DbSet<MemberScore> MemberScores => Set<MemberScore>();

    public DbSet<ChapterAlertRules> ChapterAlertRules => Set<ChapterAlertRules>();

    public DbSet<MemberCommitteeNote> MemberCommitteeNotes => Set<MemberCommitteeNote>();
}
