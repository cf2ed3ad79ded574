using Sourcing.Data.Common;
using static Sourcing.Data.Imports.Kinds.KindSql;

namespace Sourcing.Data.Imports.Kinds;

/// <summary>Suppliers, their people and their prices.</summary>
internal static class SupplierKinds
{
    private const string Email = @"'^[^@[:space:]]+@[^@[:space:]]+\.[^@[:space:]]+$'";

    public static readonly ImportKind Suppliers = new()
    {
        Key = "suppliers", Title = "Suppliers", Text = "One row for each supplier. Without a code, a supplier is found by its name.", Icon = "factory", Permission = Permission.SuppliersWrite,
        Fields =
        [
            new("code", "Code", FieldType.Code, "suppliercode", "vendorcode", "vendornumber", "suppliernumber", "supplierno", "vendorno", "number", "id") { MaxLength = 50 },
            new("name", "Name", FieldType.Text, "supplier", "suppliername", "vendor", "vendorname", "company", "companyname") { Required = true },
            new("category", "Category", FieldType.Text, "suppliercategory", "group") { MaxLength = 80 },
            new("region", "Region", FieldType.Text, "area", "state") { MaxLength = 80 },
            new("country", "Country", FieldType.Text, "countryname", "land") { MaxLength = 80 },
            new("contact_name", "Contact", FieldType.Text, "contactname", "contactperson", "person") { MaxLength = 120 },
            new("email", "E-mail", FieldType.Text, "email", "mail", "emailaddress") { MaxLength = 320 },
            new("phone", "Phone", FieldType.Text, "telephone", "phonenumber", "tel") { MaxLength = 40 },
            new("website", "Website", FieldType.Text, "web", "url", "homepage") { MaxLength = 300 },
            new("address", "Address", FieldType.Text, "street", "postaladdress") { MaxLength = 500 },
            new("lead_time", "Lead time (days)", FieldType.Whole, "leadtime", "leadtimedays", "defaultleadtime") { Min = 0, Max = 1000 },
            new("risk", "Risk", FieldType.Choice, "risklevel") { Choices = ["low", "medium", "high"] },
            new("is_active", "Active", FieldType.Flag, "isactive", "enabled"),
            new("payment_terms", "Payment terms", FieldType.Text, "terms", "paymentterm") { MaxLength = 120 },
            new("currency", "Currency", FieldType.Currency, "suppliercurrency", "curr") { ColumnRequired = true, Required = true },
            new("incoterm", "Incoterm", FieldType.Choice, "incoterms", "deliveryterms") { Choices = ["EXW", "FCA", "FAS", "FOB", "CFR", "CIF", "CPT", "CIP", "DAP", "DPU", "DDP"] },
            new("tax_id", "Tax number", FieldType.Text, "taxid", "vat", "vatnumber", "vatid") { MaxLength = 40 },
            new("notes", "Notes", FieldType.Text, "note", "remarks", "comment") { MaxLength = 4000 },
        ],
        Checks =
        [
            Repeated("code", "Same code", "code"),
            Repeated("name", "Same supplier", "app.compact(s.name)", "coalesce(s.code, '')"),
            new("name", [], """
                select s.row, 'Several suppliers have this name' as message, 'Give the code of the one that is meant.' as hint, null::text as use
                from {stage} s join (select plain_name from suppliers where deleted_at is null group by 1 having count(*) > 1) d on d.plain_name = app.plain(s.name) where {live} and s.code is null
                """),
            new("name", [], """
                select s.row, 'Looks like “' || n.name || '”' as message, 'A supplier with nearly this name is here already. Use its name if it is the same, or confirm that it is another.' as hint, n.name as use
                from {stage} s join lateral (
                    select p.name from suppliers p where p.deleted_at is null and p.plain_name % app.plain(s.name) and app.compact(p.name) = app.compact(s.name) collate "C" and p.plain_name <> app.plain(s.name) limit 1
                ) n on true where {live} and s.code is null and not s.confirmed
                """, Unusual: true),
            new("email", ["email"], $$"""select s.row, '“' || left(s.email, 60) || '” is not an e-mail address' as message, 'Enter one like name@example.test, or leave it empty.' as hint, null::text as use from {stage} s where {live} and s.email !~ {{Email}}"""),
        ],
        Targets =
        [
            new("suppliers", "supplier", "suppliers",
                $$"""
                select s.*, coalesce(s.code, case when exists (select from suppliers p where p.code = b.base and p.deleted_at is null) or row_number() over (partition by b.base order by s.row) > 1
                    then b.base || '-' || s.row else b.base end) as new_code
                from {stage} s cross join lateral (select coalesce(nullif(upper(left(app.compact(s.name), 36)), ''), 'SUPPLIER') as base) b where s.state = 'o'
                """,
                "",
                """
                left join suppliers tc on tc.code = x.code and tc.deleted_at is null
                left join suppliers tn on x.code is null and tn.plain_name = app.plain(x.name) and tn.deleted_at is null
                left join suppliers t on t.id = coalesce(tc.id, tn.id)
                """,
                [
                    new("code", "x.new_code", []), new("name", "x.name", ["name"]), new("category", "x.category", ["category"], "''"), new("region", "x.region", ["region"], "''"),
                    new("country", "x.country", ["country"], "''"), new("contact_name", "x.contact_name", ["contact_name"], "''"), new("email", "x.email", ["email"], "''"),
                    new("phone", "x.phone", ["phone"], "''"), new("website", "x.website", ["website"], "''"), new("address", "x.address", ["address"], "''"),
                    new("default_lead_time_days", "x.lead_time", ["lead_time"]), new("risk_level", "x.risk", ["risk"], "'low'"), new("is_active", "x.is_active", ["is_active"], "true"),
                    new("blocked_for", "'none'", []), new("payment_terms", "x.payment_terms", ["payment_terms"], "''"), new("currency", "x.currency", ["currency"]),
                    new("incoterm", "x.incoterm", ["incoterm"], "''"), new("tax_id", "x.tax_id", ["tax_id"], "''"), new("notes", "x.notes", ["notes"], "''"),
                ]),
        ],
    };

    public static readonly ImportKind Contacts = new()
    {
        Key = "contacts", Title = "Supplier contacts", Text = "One row for each person at a supplier. Found again by e-mail, else by name.", Icon = "contacts", Permission = Permission.SuppliersWrite,
        Fields =
        [
            new("supplier", "Supplier", FieldType.Text, "suppliercode", "suppliername", "vendor", "company", "vendorname") { Required = true, Names = NameKind.Supplier, Hint = "Code or name." },
            new("name", "Name", FieldType.Text, "contact", "contactname", "person", "fullname") { Required = true, MaxLength = 120 },
            new("role", "Role", FieldType.Text, "function", "position", "jobtitle", "title") { MaxLength = 80 },
            new("email", "E-mail", FieldType.Text, "email", "mail", "emailaddress") { MaxLength = 320 },
            new("phone", "Phone", FieldType.Text, "telephone", "phonenumber", "tel", "mobile") { MaxLength = 40 },
            new("receives_rfqs", "Receives RFQs", FieldType.Flag, "rfqs", "getsrfqs", "rfqrecipient"),
        ],
        Checks =
        [
            .. NoSupplier("supplier"),
            new("email", ["email"], $$"""select s.row, '“' || left(s.email, 60) || '” is not an e-mail address' as message, 'Enter one like name@example.test, or leave it empty.' as hint, null::text as use from {stage} s where {live} and s.email !~ {{Email}}"""),
            new("email", ["receives_rfqs"], "select s.row, 'E-mail is missing' as message, 'Somebody who receives RFQs needs an address.' as hint, null::text as use from {stage} s where {live} and s.receives_rfqs and s.email is null and s.own is null"),
            Repeated("name", "Same supplier and person", "app.plain(s.supplier)", "lower(coalesce(s.email, s.name))"),
        ],
        Targets =
        [
            new("supplier_contacts", "contact", "contacts", $"select * from {Good}", Supplier("x.supplier"),
                """
                left join lateral (
                    select c.* from supplier_contacts c where c.supplier_id = sup.id and c.deleted_at is null
                        and ((x.email is not null and lower(c.email) = lower(x.email)) or ((x.email is null or c.email = '') and app.plain(c.name) = app.plain(x.name) collate "C"))
                    order by lower(c.email) = lower(x.email) desc nulls last, c.id limit 1
                ) t on true
                """,
                [
                    new("supplier_id", "sup.id", []), new("name", "x.name", ["name"]), new("role", "x.role", ["role"], "''"), new("email", "x.email", ["email"], "''"),
                    new("phone", "x.phone", ["phone"], "''"), new("receives_rfqs", "x.receives_rfqs", ["receives_rfqs"], "false"),
                ]) { ByRow = true },
        ],
    };

    public static readonly ImportKind Prices = new()
    {
        Key = "supplier_prices", Title = "Supplier prices", Icon = "sell", Permission = Permission.SuppliersWrite,
        Text = "One row for each price of a part from a supplier; further rows with a higher quantity are its price breaks.",
        Fields =
        [
            new("part", "Part number", FieldType.Code, "part", "partno", "item", "sku", "material", "itemnumber", "ourpart") { Required = true, MaxLength = 50, Names = NameKind.Part },
            new("supplier", "Supplier", FieldType.Text, "suppliercode", "suppliername", "vendor", "vendorname", "company") { Required = true, Names = NameKind.Supplier, Hint = "Code or name." },
            new("from_quantity", "From quantity", FieldType.Number, "minimumquantity", "minqty", "fromqty", "quantity", "qty", "breakquantity", "from") { Min = 0, Above = true, Hint = "The price holds from this quantity on, in the part's unit. The lowest of a part and supplier is also its list price." },
            new("unit", "Unit", FieldType.Code, "uom", "unitofmeasure", "priceunit") { MaxLength = 20, Hint = "Of quantity and price. Left empty: the part's own." },
            new("unit_price", "Unit price", FieldType.Number, "price", "unitcost", "cost", "netprice", "listprice") { Required = true, Min = 0 },
            new("currency", "Currency", FieldType.Currency, "curr") { Required = true },
            new("supplier_number", "Supplier's part number", FieldType.Code, "supplierpartnumber", "vendorpart", "vendorpartnumber", "theirnumber", "supplierpartno") { MaxLength = 80 },
            new("moq", "Minimum order", FieldType.Number, "moq", "minimumorder", "minimumorderquantity", "moqquantity") { Min = 0, Above = true, Hint = "In the unit of the row." },
            new("order_multiple", "Order multiple", FieldType.Number, "multiple", "packsize", "lotsize") { Min = 0, Above = true },
            new("lead_time", "Lead time (days)", FieldType.Whole, "leadtime", "leadtimedays", "lt") { Min = 0, Max = 1000 },
            new("contract_limit", "Contract limit", FieldType.Number, "contractquantity", "contractlimit", "contractquantitylimit") { Min = 0, Above = true },
            new("preferred", "Preferred", FieldType.Flag, "ispreferred", "preferredsupplier"),
            new("valid_from", "Valid from", FieldType.Date, "from", "startdate", "validfrom"),
            new("valid_to", "Valid to", FieldType.Date, "until", "enddate", "validto", "expires"),
        ],
        Checks = PriceChecks.All,
        Targets = PriceChecks.Targets,
    };
}
