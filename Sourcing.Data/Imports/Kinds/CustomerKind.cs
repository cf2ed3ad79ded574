using Sourcing.Data.Common;
using static Sourcing.Data.Imports.Kinds.KindSql;

namespace Sourcing.Data.Imports.Kinds;

/// <summary>Customers, each with somebody to talk to and whoever is responsible.</summary>
internal static class CustomerKind
{
    private const string Email = @"'^[^@[:space:]]+@[^@[:space:]]+\.[^@[:space:]]+$'";

    // A representative by e-mail address, else by full name.
    private const string Rep = """
        left join lateral (
            select r.id from sales_reps r join people p on p.id = r.id where r.is_active and (lower(p.email) = lower(x.representative) or app.plain(p.full_name) = app.plain(x.representative))
            order by lower(p.email) = lower(x.representative) desc, r.id limit 1
        ) rep on true
        """;

    private const string Known = """

        left join customers tc on tc.number = x.number and tc.deleted_at is null
        left join customers tn on x.number is null and tn.plain_name = app.plain(x.name) and tn.deleted_at is null

        """;

    public static readonly ImportKind Kind = new()
    {
        Key = "customers", Title = "Customers", Text = "One row for each customer. Without a number, a customer is found by its name.", Icon = "storefront", Permission = Permission.CustomersWrite,
        Fields =
        [
            new("number", "Number", FieldType.Code, "customernumber", "customerno", "customercode", "accountnumber", "account", "code", "id") { MaxLength = 30 },
            new("name", "Name", FieldType.Text, "customer", "customername", "company", "companyname", "accountname") { Required = true },
            new("tier", "Tier", FieldType.Choice, "class", "abc", "category", "level") { Choices = ["a", "b", "c", "prospect"] },
            new("representative", "Representative", FieldType.Text, "rep", "salesrep", "salesperson", "owner", "accountmanager") { Hint = "E-mail address or full name. Of customers that are here already it changes nothing: they are given to somebody in their list." },
            new("email", "E-mail", FieldType.Text, "email", "mail", "emailaddress") { MaxLength = 320 },
            new("phone", "Phone", FieldType.Text, "telephone", "phonenumber", "tel") { MaxLength = 40 },
            new("website", "Website", FieldType.Text, "web", "url", "homepage") { MaxLength = 300 },
            new("address", "Address", FieldType.Text, "street", "postaladdress") { MaxLength = 500 },
            new("country", "Country", FieldType.Text, "countryname", "land") { MaxLength = 80 },
            new("currency", "Currency", FieldType.Currency, "customercurrency", "curr"),
            new("payment_terms", "Payment terms", FieldType.Text, "terms", "paymentterm") { MaxLength = 120 },
            new("tax_id", "Tax number", FieldType.Text, "taxid", "vat", "vatnumber", "vatid") { MaxLength = 40 },
            new("external_id", "Known elsewhere as", FieldType.Text, "externalid", "erpid", "crmid", "legacyid") { MaxLength = 80 },
            new("about", "Good to know", FieldType.Text, "notes", "note", "remarks", "comment") { MaxLength = 4000 },
            new("is_active", "Active", FieldType.Flag, "isactive", "enabled"),
            new("contact", "Contact", FieldType.Text, "contactname", "contactperson", "person") { MaxLength = 120 },
            new("contact_email", "Contact's e-mail", FieldType.Text, "contactemail", "contactmail") { MaxLength = 320 },
            new("contact_phone", "Contact's phone", FieldType.Text, "contactphone", "contacttelephone", "mobile") { MaxLength = 40 },
        ],
        Checks =
        [
            Repeated("number", "Same number", "number"),
            Repeated("name", "Same customer", "app.compact(s.name)", "coalesce(s.number, '')"),
            new("name", [], """
                select s.row, 'Several customers have this name' as message, 'Give the number of the one that is meant.' as hint, null::text as use
                from {stage} s join (select plain_name from customers where deleted_at is null group by 1 having count(*) > 1) d on d.plain_name = app.plain(s.name) where {live} and s.number is null
                """),
            new("name", [], """
                select s.row, 'Looks like “' || n.name || '”' as message, 'A customer with nearly this name is here already. Use its name if it is the same, or confirm that it is another.' as hint, n.name as use
                from {stage} s join lateral (
                    select c.name from customers c where c.deleted_at is null and c.plain_name % app.plain(s.name) and app.compact(c.name) = app.compact(s.name) collate "C" and c.plain_name <> app.plain(s.name) limit 1
                ) n on true where {live} and s.number is null and not s.confirmed
                """, Unusual: true),
            new("representative", ["representative"], """
                select s.row, 'No representative “' || left(s.representative, 60) || '”' as message, 'Use the e-mail address or the full name of an active representative, or leave it empty for nobody.' as hint, null::text as use
                from {stage} s where {live} and s.representative is not null and not exists (
                    select from sales_reps r join people p on p.id = r.id where r.is_active and (lower(p.email) = lower(s.representative) or app.plain(p.full_name) = app.plain(s.representative)))
                """) { ByValue = true },
            new("email", ["email"], $$"""select s.row, '“' || left(s.email, 60) || '” is not an e-mail address' as message, 'Enter one like name@example.test, or leave it empty.' as hint, null::text as use from {stage} s where {live} and s.email !~ {{Email}}"""),
            new("contact_email", ["contact_email"], $$"""select s.row, '“' || left(s.contact_email, 60) || '” is not an e-mail address' as message, 'Enter one like name@example.test, or leave it empty.' as hint, null::text as use from {stage} s where {live} and s.contact_email !~ {{Email}}"""),
            new("contact", ["contact_email"], "select s.row, 'The contact has no name' as message, 'Fill it in, or leave the e-mail address empty.' as hint, null::text as use from {stage} s where {live} and s.contact_email is not null and s.contact is null"),
        ],
        Targets =
        [
            new("customers", "customer", "customers",
                $$"""
                select s.*, coalesce(s.number, case when exists (select from customers p where p.number = b.base and p.deleted_at is null) or row_number() over (partition by b.base order by s.row) > 1
                    then b.base || '-' || s.row else b.base end) as new_number
                from {stage} s cross join lateral (select coalesce(nullif(upper(left(app.compact(s.name), 20)), ''), 'CUSTOMER') as base) b where s.state = 'o'
                """,
                Rep, Known + "\nleft join customers t on t.id = coalesce(tc.id, tn.id)",
                [
                    new("number", "x.new_number", []), new("name", "x.name", ["name"]), new("tier", "x.tier", ["tier"], "'prospect'"), new("sales_rep_id", "rep.id", []),
                    new("email", "x.email", ["email"], "''"), new("phone", "x.phone", ["phone"], "''"), new("website", "x.website", ["website"], "''"), new("address", "x.address", ["address"], "''"),
                    new("country", "x.country", ["country"], "''"), new("currency", "x.currency", ["currency"], "'EUR'"), new("payment_terms", "x.payment_terms", ["payment_terms"], "''"),
                    new("tax_id", "x.tax_id", ["tax_id"], "''"), new("external_ids", "case when x.external_id is not null then jsonb_build_array(x.external_id) end", ["external_id"], "'[]'::jsonb"),
                    new("about", "x.about", ["about"], "''"), new("is_active", "x.is_active", ["is_active"], "true"),
                ]),
            new("customer_contacts", "contact", "contacts", $"select * from {Good} and s.contact is not null", Known + "\njoin customers c on c.id = coalesce(tc.id, tn.id)",
                """
                left join lateral (
                    select k.* from customer_contacts k where k.customer_id = c.id and k.deleted_at is null
                        and ((x.contact_email is not null and lower(k.email) = lower(x.contact_email)) or app.plain(k.name) = app.plain(x.contact) collate "C")
                    order by lower(k.email) = lower(x.contact_email) desc nulls last, k.id limit 1
                ) t on true
                """,
                [
                    new("customer_id", "c.id", []), new("name", "x.contact", ["contact"]), new("role", "''", []), new("email", "x.contact_email", ["contact_email"], "''"),
                    new("phone", "x.contact_phone", ["contact_phone"], "''"), new("is_main", "not exists (select from customer_contacts o where o.customer_id = c.id and o.deleted_at is null and o.is_main)", []),
                ]) { Needs = ["contact"] },
        ],
        // Whoever is responsible is so from today on, as when somebody adds the customer by hand.
        Touched = "create temp table import_touched on commit drop as select c.id from customers c where c.id between {first} and {last}",
        Derive = """
            insert into customer_responsibilities (id, customer_id, sales_rep_id, valid_from, changed_by)
            select app.uuid7(), c.id, c.sales_rep_id, current_date, (select app.user_id()) from import_touched t join customers c on c.id = t.id and c.deleted_at is null
            where c.sales_rep_id is not null and not exists (select from customer_responsibilities r where r.customer_id = c.id)
            """,
    };
}
