using Microsoft.EntityFrameworkCore;
using Sourcing.Data.Rfqs;

namespace Sourcing.Data;

public partial class SourcingDb
{
    public DbSet<Rfq> Rfqs => Set<Rfq>();

    public DbSet<RfqLine> RfqLines => Set<RfqLine>();

    public DbSet<RfqInvitation> RfqInvitations => Set<RfqInvitation>();

    public DbSet<RfqAddendum> RfqAddenda => Set<RfqAddendum>();

    public DbSet<RfqQuestion> RfqQuestions => Set<RfqQuestion>();

    public DbSet<RfqPublicAnswer> RfqPublicAnswers => Set<RfqPublicAnswer>();

    public DbSet<RfqRound> RfqRounds => Set<RfqRound>();

    public DbSet<RfqRoundAnswer> RfqRoundAnswers => Set<RfqRoundAnswer>();

    public DbSet<RfqContact> RfqContacts => Set<RfqContact>();
}
