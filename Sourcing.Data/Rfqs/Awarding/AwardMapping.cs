using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Sourcing.Data.Common;

namespace Sourcing.Data.Rfqs.Awarding;

internal sealed class AwardMapping : IEntityTypeConfiguration<AwardScenario>
{
    static AwardMapping()
    {
        DatabaseFaults.Explain("ix_award_scenarios_rfq_id_round_name", "This RFQ has a scenario of this name already. Give this one another name.");
        DatabaseFaults.Explain("fk_award_decisions_award_scenarios_scenario_id", "An award was made by this scenario, so it stays with the award's record.");
    }

    public void Configure(EntityTypeBuilder<AwardScenario> scenario)
    {
        scenario.HasOne<Rfq>().WithMany().HasForeignKey(s => s.RfqId);
        scenario.Property(s => s.Name).HasMaxLength(80);
        scenario.Property(s => s.Landed).HasPrecision(18, 2);
        scenario.Property(s => s.Counted).HasPrecision(18, 2);
        scenario.Property(s => s.RulesJson).HasColumnName("rules").HasColumnType("jsonb");
        scenario.Property(s => s.ResultJson).HasColumnName("result").HasColumnType("jsonb");
        scenario.HasIndex(s => new { s.RfqId, s.Round, s.Name }).IsUnique();
        scenario.ToTable(t => t.HasCheckConstraint("ck_award_scenarios_ranges", "round >= 1 and landed >= 0 and open_lines >= 0 and name <> ''"));
    }
}
