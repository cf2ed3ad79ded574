using Microsoft.EntityFrameworkCore;
using Sourcing.Data.Rfqs;
using Sourcing.Data.Rfqs.Awarding;

namespace Sourcing.Data;

public partial class SourcingDb
{
    public DbSet<Quote> Quotes => Set<Quote>();

    public DbSet<QuoteLine> QuoteLines => Set<QuoteLine>();

    public DbSet<QuotePriceBreak> QuotePriceBreaks => Set<QuotePriceBreak>();

    public DbSet<QuoteRevision> QuoteRevisions => Set<QuoteRevision>();

    public DbSet<QuoteDraft> QuoteDrafts => Set<QuoteDraft>();

    public DbSet<AwardDecision> AwardDecisions => Set<AwardDecision>();

    public DbSet<AwardScenario> AwardScenarios => Set<AwardScenario>();

    public DbSet<Award> Awards => Set<Award>();
}
